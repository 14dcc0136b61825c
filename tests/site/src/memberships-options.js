const merge = require('lodash/merge');
const siteHook = require('./site-hook');

/**
 * The plugin's options: what the environment says, then the JSON in `MEMBERSHIPS_OPTIONS`, then the
 * hook of the program that boots the site. Stripe's keys come from the plugin's own variables.
 */
module.exports = ({ env }) => {
  const front = env('PUBLIC_URL') || `http://${env('HOST', '127.0.0.1')}:${env('PORT', '1337')}`;
  const hook = siteHook();
  return merge(
    {
      checkout: { allowedOrigins: [new URL(front).origin] },
      pages: { setPassword: `${front}/set-password`, claim: `${front}/claim` },
      revenue: { timeZone: 'UTC' },
    },
    env.json('MEMBERSHIPS_OPTIONS', {}),
    hook.options,
    hook.clock ? { clock: () => siteHook().clock() } : {}
  );
};
