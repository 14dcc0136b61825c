import type Stripe from 'stripe';
import { route, type Route } from '../http/routes';

export const accountRoutes: Route[] = [
  route<Stripe.AccountRetrieveCurrentParams>('GET /v1/account', ({ world }) => world.account),
];
