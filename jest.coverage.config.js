const base = require('./jest.config');

/** Branch coverage of the engine by its own tests, without a database. @type {import('jest').Config} */
module.exports = {
  ...base,
  roots: ['<rootDir>/test/scoring'],
  globalSetup: undefined,
  globalTeardown: undefined,
  collectCoverage: true,
  collectCoverageFrom: ['src/scoring/**/*.ts'],
  coverageReporters: ['text', 'json'],
  coverageThreshold: { global: { branches: 100 } },
};
