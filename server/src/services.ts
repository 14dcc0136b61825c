import { createBackground } from './background';
import { createBilling } from './billing';
import { createOutbox } from './engagement';
import { createAccess, createGateDesk } from './gate';
import { createMembership } from './membership';
import { createRevenue } from './revenue';
import { createTicked } from './ticks';

/**
 * Every service of the plugin by name, each made once by Strapi.
 * A site's code reaches them with `strapi.plugin('memberships').service(name)`.
 */
export const services = {
  access: createAccess,
  background: createBackground,
  billing: createBilling,
  gate: createGateDesk,
  membership: createMembership,
  outbox: createOutbox,
  revenue: createRevenue,
  ticked: createTicked,
};

export type Services = { [Name in keyof typeof services]: ReturnType<(typeof services)[Name]> };
