const { createReadStream } = require('node:fs');
const path = require('node:path');

const PAGES =
  /^\/(?:(?:fr\/)?(?:read|letters)\/[^/]+|letters|join|welcome|account|sign-in|sign-up|set-password|claim)?\/?$/;

/** The magazine is one HTML file at a handful of addresses; Strapi would send `/` to its admin. */
module.exports = (config, { strapi }) => {
  const page = path.join(strapi.dirs.static.public, 'index.html');
  return async (ctx, next) => {
    if (ctx.method !== 'GET' || !PAGES.test(ctx.path)) return next();
    ctx.type = 'html';
    ctx.set('Cache-Control', 'no-cache');
    ctx.body = createReadStream(page);
  };
};
