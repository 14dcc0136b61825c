const base = require('./jest.config');

/** `npm run test:simulator`: the simulator against Stripe's types, recordings and command line. */
module.exports = {
  rootDir: __dirname,
  testEnvironment: 'node',
  testMatch: ['<rootDir>/tests/stripe/**/*.test.ts'],
  modulePathIgnorePatterns: base.projects[0].modulePathIgnorePatterns,
  transform: base.projects[0].transform,
  testTimeout: 120_000,
  maxWorkers: 2,
  reporters: base.reporters,
};
