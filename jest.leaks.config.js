const { tmpdir } = require('node:os');
const path = require('node:path');
const base = require('./jest.config');

process.env.LEAKS_TABLE ??= path.join(tmpdir(), `memberships-leaks-${process.pid}.txt`);

/** `npm run test:leaks`: doors × viewers × rules, with the gate on and with it off. */
module.exports = {
  ...base.projects[0],
  displayName: 'leaks',
  testMatch: ['<rootDir>/tests/leaks/**/*.test.ts'],
  testTimeout: 120_000,
  maxWorkers: 1,
  reporters: [...base.reporters, '<rootDir>/tests/leaks/table-reporter.js'],
};
