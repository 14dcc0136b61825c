import type { Core } from '@strapi/strapi';
import type { Status } from '../../../contracts';
import { apiPath, getConfig } from '../config';
import { localesOf } from '../strapi-services';
import { action } from './action';

/** The site's languages besides its default one; none without the i18n plugin. */
const otherLocales = async (strapi: Core.Strapi): Promise<string[]> => {
  if (!('i18n' in strapi.plugins)) return [];
  const locales = localesOf(strapi);
  const all = await locales.find();
  const standard = await locales.getDefaultLocale();
  return all.map(({ code }) => code).filter((code) => code !== standard);
};

export const status = ({ strapi }: { strapi: Core.Strapi }) => ({
  /** `GET /memberships/status` → `StatusResponse`; never a secret */
  find: action(async (ctx) => {
    const { stripe, revenue } = getConfig(strapi);
    const configured = stripe.secretKey !== null;
    const webhookConfigured = stripe.webhookSecrets.length > 0;
    const data: Status = {
      stripe: {
        configured,
        mode: configured ? (stripe.livemode ? 'live' : 'test') : null,
        webhookConfigured,
        missing: [
          ...(configured ? [] : ['STRIPE_SECRET_KEY']),
          ...(webhookConfigured ? [] : ['STRIPE_WEBHOOK_SECRET']),
        ],
      },
      webhookPath: apiPath(strapi, 'webhook'),
      timeZone: revenue.timeZone,
      locales: await otherLocales(strapi),
    };
    ctx.body = { data };
  }),
});
