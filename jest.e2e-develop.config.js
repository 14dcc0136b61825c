const base = require('./jest.e2e.config');

/** `npm run test:e2e:develop`: a site in development mode; its schemas change, and it restarts. */
module.exports = { ...base, testMatch: ['<rootDir>/tests/e2e-develop/**/*.test.ts'] };
