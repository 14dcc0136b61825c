import type { Core } from '@strapi/strapi';
import type { Announcement } from '../domain/settle';

/**
 * Tells `strapi.eventHub`, and through it the site's outgoing webhooks, what a committed change
 * meant. Only ids leave: a listener reads the rest where it is kept. The hub waits for its listeners
 * and throws what they throw (`@strapi/core` services/event-hub): what is written stays written.
 */
export const announce = async (
  strapi: Core.Strapi,
  member: string,
  news: readonly Announcement[]
): Promise<void> => {
  for (const { name, ...rest } of news) {
    try {
      await strapi.eventHub.emit(name, { member, ...rest });
    } catch (error) {
      strapi.log.error(`memberships: a listener of ${name} failed`, error);
    }
  }
};
