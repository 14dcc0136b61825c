const base = require('./jest.config');

/** `npm run test:simulator`: the simulator against Stripe's types, recordings and command line. */
module.exports = {
  ...base.projects[0],
  displayName: 'simulator',
  testMatch: ['<rootDir>/tests/stripe/**/*.test.ts'],
  testTimeout: 120_000,
  maxWorkers: 2,
  reporters: base.reporters,
};
