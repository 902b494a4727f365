// The worker's entry for tests: TypeScript compiled as the tests are.
require('./ts-register.js');
module.exports = require('../../src/rankings/robustness.worker.ts').default;
