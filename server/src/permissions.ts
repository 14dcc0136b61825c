import type { Core } from '@strapi/strapi';
import { ADMIN_ACTIONS, PLUGIN_ID } from './constants';
import { getService } from './get-service';
import { adminPermissionsOf, findId, usersPermissionsOf } from './strapi-services';

const titles = [
  { uid: ADMIN_ACTIONS.membersRead, subCategory: 'Members', displayName: 'Read' },
  {
    uid: ADMIN_ACTIONS.membersUpdate,
    subCategory: 'Members',
    displayName: 'Add, give and end tiers',
  },
  { uid: ADMIN_ACTIONS.tiersRead, subCategory: 'Tiers', displayName: 'Read' },
  {
    uid: ADMIN_ACTIONS.tiersUpdate,
    subCategory: 'Tiers',
    displayName: 'Create, edit, order, archive',
  },
  { uid: ADMIN_ACTIONS.churnRead, subCategory: 'Churn', displayName: 'Read' },
  { uid: ADMIN_ACTIONS.gateRead, subCategory: 'Content gate', displayName: 'Read and check' },
  { uid: ADMIN_ACTIONS.rulesRead, subCategory: 'Access rules', displayName: 'Read' },
  { uid: ADMIN_ACTIONS.rulesUpdate, subCategory: 'Access rules', displayName: 'Change' },
  { uid: ADMIN_ACTIONS.healthRead, subCategory: 'Health', displayName: 'Read' },
  { uid: ADMIN_ACTIONS.healthUpdate, subCategory: 'Health', displayName: 'Retry and repair' },
];

/** Content-API actions ticked on the first boot, so that installing needs no visit to Roles. */
const PUBLIC_ACTIONS = [
  'tiers.find',
  'checkout.create',
  'checkout.sync',
  'webhook.receive',
  'access.explain',
];
const MEMBER_ACTIONS = [...PUBLIC_ACTIONS, 'me.find', 'me.portal', 'me.claim'];

const ROLE_UID = 'plugin::users-permissions.role';
const PERMISSION_UID = 'plugin::users-permissions.permission';

const tick = async (strapi: Core.Strapi, roleType: string, actions: string[]): Promise<void> => {
  const role = await findId(strapi, ROLE_UID, { type: roleType });
  if (role === null) return;
  for (const action of actions) {
    const data = { action: `plugin::${PLUGIN_ID}.${action}`, role };
    if ((await findId(strapi, PERMISSION_UID, data)) === null)
      await strapi.db.query(PERMISSION_UID).create({ data });
  }
};

/**
 * Ticks each of our content-API actions for its role once in the site's life: an action is
 * remembered after that, so an owner who unticks it is not overruled by the next boot.
 */
const tickOnce = async (strapi: Core.Strapi): Promise<void> => {
  const store = strapi.store({ type: 'plugin', name: PLUGIN_ID, key: 'ticked-actions' });
  const stored: unknown = await store.get({});
  const ticked: unknown[] = Array.isArray(stored) ? stored : [];
  const fresh = (actions: string[]) => actions.filter((action) => !ticked.includes(action));

  const added = fresh(MEMBER_ACTIONS);
  if (added.length === 0) return;
  // On the first boot users-permissions may come after us; it makes the roles once, whoever asks.
  await usersPermissionsOf(strapi).initialize();
  await tick(strapi, 'public', fresh(PUBLIC_ACTIONS));
  await tick(strapi, 'authenticated', added);
  await store.set({ value: [...ticked, ...added] });
};

/**
 * Registers the admin permissions, ticks the content-API ones once, and keeps what the owner made of
 * them over a boot without the plugin.
 */
export const bootstrapPermissions = async (strapi: Core.Strapi): Promise<void> => {
  const actions = titles.map(({ uid, ...title }) => ({
    section: 'plugins',
    uid: uid.replace(`plugin::${PLUGIN_ID}.`, ''),
    pluginName: PLUGIN_ID,
    ...title,
  }));
  await adminPermissionsOf(strapi).actionProvider.registerMany(actions);
  const ticked = getService(strapi, 'ticked');
  await ticked.restore();
  await tickOnce(strapi);
  ticked.watch();
};
