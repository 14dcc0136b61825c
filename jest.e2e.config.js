const base = require('./jest.config');

/** `npm run test:e2e` starts the site and hands its address over in `E2E_URL`. */
module.exports = {
  rootDir: __dirname,
  testEnvironment: 'node',
  testMatch: ['<rootDir>/tests/e2e/**/*.test.ts'],
  transform: base.projects[0].transform,
  testTimeout: 120_000,
  maxWorkers: 1,
  reporters: base.reporters,
};
