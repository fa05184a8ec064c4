// Type-aware linting for TypeScript, Astro's rules for components. A relaxed rule has its reason beside it.
import eslint from '@eslint/js';
import astro from 'eslint-plugin-astro';
import { defineConfig, globalIgnores } from 'eslint/config';
import globals from 'globals';
import tseslint from 'typescript-eslint';

export default defineConfig(
  globalIgnores([
    '.astro/',
    '.build/',
    '**/.build/',
    'dist/',
    'playwright-report/',
    'public/',
    'test-results/',
    'tests/report/',
  ]),
  { linterOptions: { reportUnusedDisableDirectives: 'error', reportUnusedInlineConfigs: 'error' } },
  eslint.configs.recommended,
  {
    rules: {
      eqeqeq: 'error',
      'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true, named: true, defaultFrom: true } }],
      'object-shorthand': 'error',
      'prefer-const': 'error',
    },
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: { allowDefaultProject: ['playwright.config.ts'] } } },
    rules: {
      '@typescript-eslint/consistent-type-definitions': ['error', 'interface'],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      // `() => x.close()` says as much as the same in braces.
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      // `while (true)` around a read loop says what it is.
      '@typescript-eslint/no-unnecessary-condition': [
        'error',
        { allowConstantLoopConditions: 'only-allowed-literals' },
      ],
    },
  },
  {
    files: ['tests/**/*.ts'],
    rules: {
      '@typescript-eslint/no-floating-promises': [
        'error',
        // node:test waits for the tests it was told of.
        {
          allowForKnownSafeCalls: [
            { from: 'package', package: 'node:test', name: ['describe', 'it', 'suite', 'test'] },
          ],
        },
      ],
    },
  },
  {
    files: ['**/*.mjs'],
    languageOptions: { globals: globals.node },
  },
  {
    // Tools that take their configuration as a default export, or Astro's page contract.
    files: ['*.config.{mjs,ts}', 'src/pages/**/*.ts'],
    rules: { 'no-restricted-exports': 'off' },
  },
  {
    files: ['src/**/*.ts'],
    // The imports of WASI are tables of functions, each of them short.
    ignores: ['src/engine/wasi/*-imports.ts'],
    rules: { 'max-lines-per-function': ['error', { max: 60 }] },
  },
  {
    // Imports point one way: a component's script knows the sandbox, and the sandbox knows the engine as a Worker's URL only.
    // The folders that have a tsconfig of their own are kept apart by `tsc -b`; pages and components are not.
    files: ['src/components/**', 'src/pages/**', 'src/content.config.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [{ group: ['**/engine/**'], message: 'Only a Worker runs the engine; import from src/sandbox/.' }],
        },
      ],
    },
  },
  astro.configs.recommended,
  {
    files: ['**/*.astro'],
    // Types in components are checked by `astro check`; the plain rule doesn't know TypeScript's global types.
    rules: { 'no-undef': 'off' },
  },
);
