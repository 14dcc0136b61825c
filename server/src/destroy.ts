import type { Core } from '@strapi/strapi';

/** Stops what runs by itself. */
const destroy = async (_: { strapi: Core.Strapi }): Promise<void> => {};

export default destroy;
