import type { PluginDefinition } from '@strapi/strapi/admin';
import { Crown } from '@strapi/icons';

import { extendContentManager } from './content-manager';
import { ANY_PAGE } from './permissions';
import { PLUGIN_ID } from './pluginId';
import { loadTranslations } from './translations/load';

const plugin: PluginDefinition = {
  register(app) {
    app.addMenuLink({
      to: `plugins/${PLUGIN_ID}`,
      icon: Crown,
      intlLabel: { id: `${PLUGIN_ID}.plugin.name`, defaultMessage: 'Memberships' },
      permissions: ANY_PAGE,
      position: 4,
      Component: () => import('./pages/App').then(({ App }) => ({ default: App })),
    });
    app.registerPlugin({ id: PLUGIN_ID, name: PLUGIN_ID });
  },
  bootstrap: extendContentManager,
  registerTrads: ({ locales }) => loadTranslations(locales),
};

export default plugin;
