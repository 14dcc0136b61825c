import { gateContentApiRoutes } from './gate';
import type { Route } from './route';

export const contentApiRoutes: Route[] = [
  ...gateContentApiRoutes,
  { method: 'GET', path: '/tiers', handler: 'tiers.find' },
  { method: 'POST', path: '/checkout', handler: 'checkout.create' },
  { method: 'POST', path: '/checkout/sync', handler: 'checkout.sync' },
  { method: 'POST', path: '/webhook', handler: 'webhook.receive' },
  { method: 'GET', path: '/me', handler: 'me.find' },
  { method: 'POST', path: '/me/portal', handler: 'me.portal' },
  { method: 'POST', path: '/me/claim', handler: 'me.claim' },
];
