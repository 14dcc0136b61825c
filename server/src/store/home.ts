import type { Core } from '@strapi/strapi';
import { PLUGIN_ID } from '../constants';
import { property } from '../strapi-services';

/** The Stripe account that the database is at home in; null while it was never known. */
export const homeAccount = async (strapi: Core.Strapi): Promise<string | null> => {
  const site: unknown = await strapi
    .store({ type: 'plugin', name: PLUGIN_ID, key: 'site' })
    .get({});
  const account = property(site, 'account');
  return typeof account === 'string' ? account : null;
};
