const { tmpdir } = require('node:os');
const path = require('node:path');
const base = require('./jest.config');

process.env.LEAKS_TABLE ??= path.join(tmpdir(), `memberships-leaks-${process.pid}.txt`);

/** `npm run test:leaks`: doors × viewers × rules, with the gate on and with it off. */
module.exports = {
  rootDir: __dirname,
  testEnvironment: 'node',
  testMatch: ['<rootDir>/tests/leaks/**/*.test.ts'],
  modulePathIgnorePatterns: base.projects[0].modulePathIgnorePatterns,
  transform: base.projects[0].transform,
  testTimeout: 120_000,
  maxWorkers: 1,
  reporters: [...base.reporters, '<rootDir>/tests/leaks/table-reporter.js'],
};
