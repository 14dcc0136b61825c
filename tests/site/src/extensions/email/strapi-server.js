const { createMailbox } = require('../../mailbox');

/**
 * Mail goes to a folder. Strapi lower-cases a provider's name before it requires it, so a provider
 * given by path is not found below a folder with a capital letter in its name: it is put in place
 * after the plugin's own start, and before any other plugin can send.
 */
module.exports = (plugin) => {
  const { bootstrap } = plugin;
  plugin.bootstrap = async (context) => {
    await bootstrap(context);
    const { settings } = context.strapi.config.get('plugin::email');
    context.strapi.plugin('email').provider = createMailbox({ settings });
  };
  return plugin;
};
