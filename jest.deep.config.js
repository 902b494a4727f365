const base = require('./jest.config');

// The runs of that property for each test run are fewer, so it is taken again here.
process.env.RANDOM_TABLES = '10000';

/** The long runs: many seeds, big fuzz, kill tests. @type {import('jest').Config} */
module.exports = {
  ...base,
  testMatch: ['**/*.deep.test.ts', '**/scoring/pipeline.properties.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  testTimeout: 600_000,
};
