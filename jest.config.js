const transform = {
  '^.+\\.tsx?$': [
    '@swc/jest',
    { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } },
  ],
};

const project = (name, testTimeout) => ({
  displayName: name,
  rootDir: __dirname,
  testEnvironment: 'node',
  testMatch: [`<rootDir>/tests/${name}/**/*.test.ts`],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/tests/site/dist/'],
  transform,
  testTimeout,
});

/** `npm test` runs unit and integration; e2e needs the built admin and a browser. */
module.exports = {
  projects: [project('unit', 10_000), project('stripe', 30_000), project('integration', 60_000)],
  maxWorkers: 2,
};
