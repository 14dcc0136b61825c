const { tmpdir } = require('node:os');
const path = require('node:path');
const base = require('./jest.config');

process.env.HUNT_FIGURES ??= path.join(tmpdir(), `memberships-hunt-${process.pid}.txt`);

// Among random questions are some that Strapi itself answers with an error: no news.
process.env.LOG_LEVEL ??= 'none';

/** `npm run test:hunt`: random queries, asked before and after everything hidden was changed. */
module.exports = {
  ...base.projects[0],
  displayName: 'hunt',
  testMatch: ['<rootDir>/tests/hunt/**/*.test.ts'],
  testTimeout: 120_000,
  maxWorkers: 1,
  reporters: [...base.reporters, '<rootDir>/tests/hunt/figures-reporter.js'],
};
