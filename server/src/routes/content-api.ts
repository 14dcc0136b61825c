import { gateContentApiRoutes } from './gate';
import type { Route } from './route';

export const contentApiRoutes: Route[] = [
  ...gateContentApiRoutes,
  { method: 'GET', path: '/tiers', handler: 'tiers.find' },
  { method: 'POST', path: '/checkout', handler: 'checkout.create' },
  { method: 'POST', path: '/checkout/sync', handler: 'checkout.sync' },
  // A signature lets Stripe in, and no role need be looked up for it with every delivery.
  { method: 'POST', path: '/webhook', handler: 'webhook.receive', config: { auth: false } },
  { method: 'GET', path: '/me', handler: 'me.find' },
  { method: 'POST', path: '/me/portal', handler: 'me.portal' },
  { method: 'POST', path: '/me/claim', handler: 'me.claim' },
];
