import type { Core } from '@strapi/strapi';
import { conflict } from '../errors';
import { findMemberOfUser } from '../store';
import type { StripeAccess } from './client';
import { findCustomer, isCustomerMissing } from './customers';
import { askStripe } from './stripe-errors';
import { assertAllowedUrl } from './urls';

export interface Portal {
  /**
   * Opens Stripe's hosted portal, where a member changes their card or plan, or cancels.
   *
   * @throws RequestError 400 `origin-not-allowed`, 409 `no-customer`, 502, 503
   */
  open(userId: number, returnUrl: string): Promise<{ url: string }>;
}

const noCustomer = () =>
  conflict('You have never bought anything here, so there is nothing to manage', {
    code: 'no-customer',
  });

export const createPortal = (strapi: Core.Strapi, stripe: StripeAccess): Portal => ({
  async open(userId, returnUrl) {
    assertAllowedUrl(strapi, returnUrl, 'returnUrl');
    stripe.client();
    const member = await findMemberOfUser(strapi, userId);
    const scope = await askStripe(() => stripe.scope());
    const customer = member && (await findCustomer(strapi, scope, member));
    if (!customer) throw noCustomer();
    const { url } = await askStripe(async () => {
      try {
        const session = { customer, return_url: returnUrl };
        const client = await stripe.writer();
        return await client.billingPortal.sessions.create(session);
      } catch (error) {
        throw isCustomerMissing(error) ? noCustomer() : error;
      }
    });
    return { url };
  },
});
