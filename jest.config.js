/** Packages that are published as native modules only or load some by `import()`, which Node does and Jest does not. */
const NATIVE_MODULES = '(hyparquet|hyparquet-writer|jose|@opentelemetry/otlp-exporter-base)/';

/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  runtime: '<rootDir>/test/helpers/runtime.js',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  globalSetup: '<rootDir>/test/helpers/global-setup.ts',
  setupFiles: ['<rootDir>/test/helpers/seed.ts', '<rootDir>/test/helpers/graphql-in-production.js'],
  globalTeardown: '<rootDir>/test/helpers/global-teardown.ts',
  // By default one core would be left idle.
  maxWorkers: '100%',
  // A database may be slow to start on a busy machine.
  testTimeout: 30_000,
  testPathIgnorePatterns: ['/node_modules/', '\\.deep\\.test\\.ts$'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
          target: 'es2022',
          keepClassNames: true,
        },
        module: { type: 'commonjs' },
        sourceMaps: 'inline',
      },
    ],
    [`/node_modules/${NATIVE_MODULES}.+\\.js$`]: [
      '@swc/jest',
      { jsc: { target: 'es2022' }, module: { type: 'commonjs' } },
    ],
  },
  transformIgnorePatterns: [`/node_modules/(?!${NATIVE_MODULES})`],
  coverageProvider: 'v8',
  collectCoverageFrom: ['src/**/*.ts'],
};
