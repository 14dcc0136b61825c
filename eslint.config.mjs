import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import reactHooks from 'eslint-plugin-react-hooks';
import globals from 'globals';
import ts from 'typescript-eslint';

/**
 * The one-way rule of `docs/architecture.md`: controllers → feature rooms → store → domain, and no
 * feature room imports another.
 */
const ROOMS = ['gate', 'billing', 'membership', 'revenue', 'engagement', 'privacy'];
const DOORS = [
  'controllers',
  'routes',
  'policies',
  'background',
  'bootstrap',
  'register',
  'services',
];

const into = (names) => names.flatMap((name) => [`**/${name}`, `**/${name}/**`]);

const forbid = (files, groups, message) => ({
  files,
  rules: {
    'no-restricted-imports': ['error', { patterns: [{ group: groups, message }] }],
  },
});

const room = (name) =>
  forbid(
    [`server/src/${name}/**/*.ts`],
    [
      ...into([...ROOMS.filter((other) => other !== name), ...DOORS]),
      '**/get-service',
      '**/admin/src/**',
    ],
    `The ${name} room imports store, domain and contracts only (docs/architecture.md).`
  );

const CLOCK =
  'Now is `now(strapi)` of server/src/config: the `clock` option is the only source of it.';

export default ts.config(
  {
    ignores: [
      '**/dist/**',
      '**/node_modules/**',
      'tests/site/{.cache,.tmp,build,types,.strapi}/**',
      'tests/stripe/.schema/**',
      'coverage/**',
    ],
  },
  js.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [...ts.configs.recommendedTypeChecked],
    languageOptions: {
      parserOptions: {
        project: ['server/tsconfig.json', 'admin/tsconfig.json', 'tests/tsconfig.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/consistent-type-assertions': [
        'error',
        { assertionStyle: 'as', objectLiteralTypeAssertions: 'never' },
      ],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      '@typescript-eslint/switch-exhaustiveness-check': 'off',
      eqeqeq: ['error', 'always'],
      'no-console': 'error',
    },
  },
  {
    files: ['server/src/**/*.ts'],
    languageOptions: { globals: globals.node },
    rules: {
      'no-restricted-properties': ['error', { object: 'Date', property: 'now', message: CLOCK }],
      'no-restricted-syntax': [
        'error',
        { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: CLOCK },
        {
          selector: "MemberExpression[object.name='globalThis'][property.name='strapi']",
          message: 'Take strapi as a parameter.',
        },
      ],
      'no-restricted-globals': [
        'error',
        { name: 'strapi', message: 'Take strapi as a parameter.' },
      ],
    },
  },
  {
    // The default of the `clock` option; the tolerance of Stripe's signatures and the rate of requests
    // to Stripe, which are matters of real time.
    files: [
      'server/src/config/resolve.ts',
      'server/src/billing/webhook/verify.ts',
      'server/src/billing/machine.ts',
    ],
    rules: { 'no-restricted-properties': 'off' },
  },
  ...ROOMS.map(room),
  forbid(
    ['server/src/store/**/*.ts'],
    [...into([...ROOMS, ...DOORS]), '**/get-service'],
    'The store knows no room and no door: rooms import it (docs/architecture.md).'
  ),
  forbid(
    ['server/src/domain/**/*.ts'],
    [
      ...into([...ROOMS, ...DOORS, 'store']),
      '**/get-service',
      '**/config',
      '@strapi/*',
      'stripe',
      'knex',
      'koa',
    ],
    'The domain is pure: it imports contracts and nothing that does I/O (docs/architecture.md).'
  ),
  forbid(
    ['contracts/**/*.ts'],
    ['**/server/**', '**/admin/**', '@strapi/*', 'stripe'],
    'Contracts are types that both halves share: they import nothing.'
  ),
  forbid(['admin/src/**/*.{ts,tsx}'], ['**/server/**'], 'The admin reaches the server over HTTP.'),
  {
    files: ['admin/src/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': reactHooks },
    languageOptions: { globals: globals.browser },
    rules: reactHooks.configs.recommended.rules,
  },
  {
    files: ['tests/**/*.ts', 'scripts/**/*.ts'],
    languageOptions: { globals: { ...globals.node, ...globals.jest } },
    rules: {
      'no-console': 'off',
      // supertest's bodies and Strapi's rows are `any`; what is asserted of them is the check.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  {
    files: ['**/*.{js,mjs}'],
    languageOptions: { globals: { ...globals.node, ...globals.browser }, sourceType: 'commonjs' },
  },
  { files: ['**/*.mjs'], languageOptions: { sourceType: 'module' } },
  prettier
);
