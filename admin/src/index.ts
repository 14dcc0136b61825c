import type { PluginDefinition } from '@strapi/strapi/admin';
import { Crown } from '@strapi/icons';

import { extendContentManager } from './content-manager';
import { extendBuilder, registerBuilder } from './content-type-builder';
import { ANY_PAGE, PERMISSIONS } from './permissions';
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
    registerBuilder(app);
    app.registerPlugin({ id: PLUGIN_ID, name: PLUGIN_ID });
  },
  bootstrap(app) {
    extendBuilder(app);
    extendContentManager(app);
    app.addSettingsLink(
      {
        id: PLUGIN_ID,
        intlLabel: { id: `${PLUGIN_ID}.plugin.name`, defaultMessage: 'Memberships' },
      },
      {
        id: `${PLUGIN_ID}-gate`,
        to: `${PLUGIN_ID}/gate`,
        intlLabel: { id: `${PLUGIN_ID}.gate.title`, defaultMessage: 'Content gate' },
        permissions: PERMISSIONS.gateRead,
        Component: () => import('./pages/GateSettings/GateSettingsPage'),
      }
    );
  },
  registerTrads: ({ locales }) => loadTranslations(locales),
};

export default plugin;
