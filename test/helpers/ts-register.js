// node -r ./test/helpers/ts-register.js FILE.ts: runs TypeScript in a process of its own, compiled as the tests are.
const { readFileSync } = require('node:fs');
const { transformSync } = require('@swc/core');
const { transform } = require('../../jest.config.js');

const [, options] = transform['^.+\\.ts$'];
require.extensions['.ts'] = (module, filename) => {
  const { code } = transformSync(readFileSync(filename, 'utf8'), { ...options, filename });
  module._compile(code, filename);
};
