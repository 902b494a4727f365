import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import jsdoc from 'eslint-plugin-jsdoc';
import tseslint from 'typescript-eslint';

// Compiled to CommonJS, a module's exported constants are read from `exports`: a variable of that name would hide them.
const noExportsVariable = {
  selector: ':matches(VariableDeclarator, :function) > Identifier[name="exports"]',
  message: 'Hides the exported constants of the compiled module.',
};
const noGetterInLiteral = {
  selector: 'ObjectExpression > Property[kind="get"]',
  message:
    'Gives every such object a shape of its own, which keeps what the getter reaches from being collected: a class does not.',
};

export default tseslint.config(
  {
    ignores: [
      'dist',
      'coverage',
      'var',
      'reports',
      '.stryker-tmp',
      'data',
      'assembly',
      'clients/typescript/src/generated.ts',
      'test/clients/app',
    ],
  },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // Kernels shadow nothing and read better with a plain index over typed arrays.
      '@typescript-eslint/prefer-for-of': 'off',
      '@typescript-eslint/unified-signatures': 'off',
      'no-restricted-syntax': ['error', noExportsVariable],
    },
  },
  {
    files: ['src/**/*.ts'],
    plugins: { jsdoc },
    rules: {
      'no-restricted-syntax': ['error', noExportsVariable, noGetterInLiteral],
      'jsdoc/require-jsdoc': [
        'error',
        {
          publicOnly: true,
          require: { ClassDeclaration: true, FunctionDeclaration: true, MethodDefinition: false },
          contexts: [
            'ExportNamedDeclaration > VariableDeclaration',
            'TSInterfaceDeclaration',
            'TSTypeAliasDeclaration',
          ],
        },
      ],
    },
  },
  {
    files: ['**/*.mjs', '**/*.js'],
    languageOptions: {
      globals: {
        console: 'readonly',
        process: 'readonly',
        module: 'writable',
        require: 'readonly',
        URL: 'readonly',
        Buffer: 'readonly',
        fetch: 'readonly',
      },
    },
  },
  prettier,
);
