import type { Core } from '@strapi/strapi';
import { getService } from './get-service';

/** Lets the round that runs end, and starts no other. */
const destroy = async ({ strapi }: { strapi: Core.Strapi }): Promise<void> => {
  await getService(strapi, 'background').stop();
  await getService(strapi, 'ticked').remember();
};

export default destroy;
