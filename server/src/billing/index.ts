import type { Core } from '@strapi/strapi';
import { createCatalogue, type Catalogue } from './catalogue';
import { createCheckout, type Checkout } from './checkout';
import { createStripe, type StripeAccess } from './client';
import { createEndpoint, type Endpoint } from './endpoint';
import { createHealth, type HealthDesk } from './health';
import { createInbox, type Inbox } from './inbox';
import { createPortal, type Portal } from './portal';
import { createReconcile, type Reconcile } from './reconcile';
import { createTestGrants, type TestGrants } from './test-grants';
import { keepRawBody } from './webhook/raw-body';
import { createWebhookReceiver, type WebhookReceiver } from './webhook/receive';
import { createWorker, type Worker } from './worker';

/** Everything that talks to Stripe. */
export interface Billing {
  stripe: StripeAccess;
  worker: Worker;
  catalogue: Catalogue;
  checkout: Checkout;
  portal: Portal;
  webhook: WebhookReceiver;
  inbox: Inbox;
  endpoint: Endpoint;
  health: HealthDesk;
  reconcile: Reconcile;
  testGrants: TestGrants;
}

export const registerBilling = (strapi: Core.Strapi): void => keepRawBody(strapi);

export const createBilling = ({ strapi }: { strapi: Core.Strapi }): Billing => {
  const stripe = createStripe({ strapi });
  const worker = createWorker(strapi, stripe);
  const catalogue = createCatalogue(strapi, stripe);
  return {
    stripe,
    worker,
    catalogue,
    checkout: createCheckout(strapi, stripe, catalogue, worker),
    portal: createPortal(strapi, stripe),
    webhook: createWebhookReceiver(strapi, stripe),
    inbox: createInbox(strapi, stripe, worker),
    endpoint: createEndpoint(strapi, stripe),
    health: createHealth(strapi, stripe),
    reconcile: createReconcile(strapi, stripe),
    testGrants: createTestGrants(strapi, stripe),
  };
};
