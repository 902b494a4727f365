const base = require('./jest.config');

/** The engine's tests without the database server. @type {import('jest').Config} */
module.exports = { ...base, roots: ['<rootDir>/test/scoring'], globalSetup: undefined, globalTeardown: undefined };
