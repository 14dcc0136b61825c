import type { Core } from '@strapi/strapi';
import { listen } from './background';
import { getConfig } from './config';
import { bootstrapGate } from './gate';
import { getService } from './get-service';
import { bootstrapPermissions } from './permissions';
import { persistTables } from './store';

/** After the schema is there: permissions, and what runs by itself. */
const bootstrap = async ({ strapi }: { strapi: Core.Strapi }): Promise<void> => {
  await persistTables(strapi);
  await bootstrapPermissions(strapi);
  bootstrapGate(strapi);
  listen(strapi);
  getService(strapi, 'background').start();

  const { secretKey, webhookSecrets } = getConfig(strapi).stripe;
  const missing = [
    ...(secretKey === null ? ['STRIPE_SECRET_KEY'] : []),
    ...(webhookSecrets.length === 0 ? ['STRIPE_WEBHOOK_SECRET'] : []),
  ];
  if (missing.length > 0) {
    strapi.log.info(
      `memberships: content is gated, nothing is sold yet: set ${missing.join(' and ')}`
    );
  }
};

export default bootstrap;
