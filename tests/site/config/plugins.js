const path = require('node:path');
const membershipsOptions = require('../src/memberships-options');

module.exports = ({ env }) => ({
  memberships: {
    enabled: env.bool('MEMBERSHIPS_ENABLED', true),
    // Absolute: Strapi first tries a relative one from its own folder, where `../..` exists too.
    resolve: path.resolve(__dirname, '..', env('MEMBERSHIPS_PLUGIN', '../..')),
    config: membershipsOptions({ env }),
  },
  'users-permissions': {
    config: {
      // Not for production, as the keys in `server.js`.
      jwtSecret: env('JWT_SECRET', 'demo-only-jwt-secret'),
      jwt: { expiresIn: '30d' },
      ratelimit: { enabled: env.bool('AUTH_RATE_LIMIT', true) },
      register: { allowedFields: [] },
    },
  },
  graphql: {
    enabled: env.bool('GRAPHQL_ENABLED', true),
    config: {
      endpoint: '/graphql',
      shadowCRUD: true,
      landingPage: false,
      depthLimit: 12,
      defaultLimit: 25,
      maxLimit: 100,
    },
  },
  email: {
    config: {
      settings: {
        defaultFrom: 'Tideline <hello@tideline.example>',
        defaultReplyTo: 'Tideline <hello@tideline.example>',
      },
    },
  },
});
