const transform = {
  '^.+\\.tsx?$': [
    '@swc/jest',
    { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } },
  ],
};

const project = (name) => ({
  displayName: name,
  rootDir: __dirname,
  testEnvironment: '<rootDir>/tests/support/jest/environment.js',
  runtime: '<rootDir>/tests/support/jest/runtime.js',
  testMatch: [`<rootDir>/tests/${name}/**/*.test.ts`],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/tests/site/dist/'],
  transform,
});

/** `npm test` runs unit and integration; the longer proofs have configurations of their own. */
module.exports = {
  projects: [project('unit'), project('integration')],
  // Jest reads it here only: a project's own would be passed over, and a hook that boots Strapi on a
  // busy machine takes longer than the default of five seconds.
  testTimeout: 120_000,
  maxWorkers: 2,
  reporters: ['default', '<rootDir>/tests/support/closing-line.js'],
};
