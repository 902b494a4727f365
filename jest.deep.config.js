const base = require('./jest.config');

/** The long runs: many seeds, big fuzz, kill tests. @type {import('jest').Config} */
module.exports = {
  ...base,
  testMatch: ['**/*.deep.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  testTimeout: 600_000,
};
