const { ensureLocales } = require('./setup/locales');
const { tickContentRoutes } = require('./setup/permissions');

module.exports = {
  register() {},
  async bootstrap({ strapi }) {
    await ensureLocales(strapi);
    await tickContentRoutes(strapi);
  },
};
