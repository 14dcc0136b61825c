import type { Core } from '@strapi/strapi';
import type { Announcement } from '../domain/settle';

/**
 * Tells `strapi.eventHub`, and through it the site's outgoing webhooks, what a committed change
 * meant. Only ids leave: a listener reads the rest where it is kept.
 */
export const announce = async (
  strapi: Core.Strapi,
  member: string,
  news: readonly Announcement[]
): Promise<void> => {
  for (const { name, ...rest } of news) await strapi.eventHub.emit(name, { member, ...rest });
};
