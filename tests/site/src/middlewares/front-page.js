const { createReadStream, existsSync } = require('node:fs');
const path = require('node:path');

const PAGES =
  /^\/(?:(?:fr\/)?read\/[^/]+|letters|join|welcome|account|sign-in|sign-up|set-password|claim)?\/?$/;
/** No dot but the one before the ending: nothing above the folder can be named. */
const ASSETS = /^\/assets(?:\/[a-z0-9-]+)+\.(?:mjs|css|svg)$/;

const fileOf = (address) => {
  if (ASSETS.test(address)) return address;
  return PAGES.test(address) ? 'index.html' : null;
};

/**
 * The magazine is one HTML file at a handful of addresses, where Strapi would send `/` to its admin.
 * Read from this project's own folder: `PUBLIC_DIR` may put the uploads elsewhere.
 */
module.exports = (config, { strapi }) => {
  const folder = path.join(strapi.dirs.app.root, 'public');
  return async (ctx, next) => {
    const name = ctx.method === 'GET' || ctx.method === 'HEAD' ? fileOf(ctx.path) : null;
    if (name === null || !existsSync(path.join(folder, name))) return next();
    ctx.type = path.extname(name);
    ctx.set('Cache-Control', 'no-cache');
    ctx.body = createReadStream(path.join(folder, name));
  };
};
