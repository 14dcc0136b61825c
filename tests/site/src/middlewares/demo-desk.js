const siteHook = require('../site-hook');

module.exports = () => (ctx, next) => {
  if (!siteHook().desk || !ctx.path.startsWith('/demo/')) return next();
  return next();
};
