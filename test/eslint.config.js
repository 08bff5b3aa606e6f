// The lint rules: few, believed in, all errors, none switched off file by file. What is about this
// house and not about JavaScript (edges, bans, sizes, orphans) is held by test/tidy instead.
// `eslint --config test/eslint.config.js .` runs from the project's root.
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import js from '@eslint/js'
import tseslint from 'typescript-eslint'

const root = dirname(dirname(fileURLToPath(import.meta.url)))

const everyFile = {
  eqeqeq: ['error', 'always'],
  'object-shorthand': 'error',
}

const withTypes = {
  '@typescript-eslint/await-thenable': 'error',
  '@typescript-eslint/no-floating-promises': 'error',
  // `() => void` given an async function is the commonest way to lose a rejection.
  '@typescript-eslint/no-misused-promises': 'error',
  '@typescript-eslint/only-throw-error': 'error',
  '@typescript-eslint/prefer-promise-reject-errors': 'error',
  '@typescript-eslint/switch-exhaustiveness-check': [
    'error',
    {
      considerDefaultExhaustiveForUnions: true,
      requireDefaultForNonUnion: false,
    },
  ],
}

const withSyntax = {
  '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
  '@typescript-eslint/no-explicit-any': 'error',
  '@typescript-eslint/no-import-type-side-effects': 'error',
  '@typescript-eslint/no-non-null-assertion': 'error',
  '@typescript-eslint/no-unused-vars': [
    'error',
    { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrors: 'none' },
  ],
}

export default tseslint.config(
  {
    ignores: [
      '**/dist/**',
      '**/node_modules/**',
      'protocol/generated/**',
      'data/**',
      'coverage/**',
    ],
  },
  {
    files: ['**/*.ts', '**/*.js', '**/*.mjs'],
    extends: [js.configs.recommended, tseslint.configs.recommended],
    rules: everyFile,
  },
  {
    files: ['**/*.ts'],
    languageOptions: {
      parserOptions: { project: './test/tsconfig.lint.json', tsconfigRootDir: root },
    },
    rules: { ...withSyntax, ...withTypes },
  },
  {
    files: ['**/*.js', '**/*.mjs'],
    // TypeScript knows which names exist; these few plain files run on Node alone.
    rules: { 'no-undef': 'off' },
  },
  {
    // A test that asserts on a missing element fails there: that is what it is for. Its callbacks are
    // vitest's, which awaits them; asking that of every call is half the time of the whole lint.
    files: ['**/*.test.ts', 'test/**/*.ts'],
    rules: {
      '@typescript-eslint/no-misused-promises': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
)
