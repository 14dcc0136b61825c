import type { Core } from '@strapi/strapi';
import type Stripe from 'stripe';
import type { CheckoutInput, CheckoutSyncResponse } from '../../../../contracts';
import { getConfig } from '../../config';
import { alone, findMemberOfUser, type PriceRow } from '../../store';
import type { Catalogue } from '../catalogue';
import type { StripeAccess } from '../client';
import { isCustomerMissing, retireCurrent } from '../customers';
import { askStripe } from '../stripe-errors';
import { assertAllowedUrl } from '../urls';
import type { Worker } from '../worker';
import { buyerParams, type Buyer, type BuyerParams } from './buyer';
import { findPrice, stripePriceOf } from './price';
import { asPromotionError, discountOf } from './promotion';
import { syncCheckout } from './sync';

export interface Checkout {
  /**
   * Opens Stripe's hosted payment page for a price.
   *
   * @param user null: a guest, whose account is made from the paid session
   * @throws RequestError 400 `price-unknown|price-inactive|price-mode|tier-archived|tier-free|origin-not-allowed`
   *   and `PromotionRefusal`,
   *   403 `member-suspended`, 409 `subscription-exists`, 502 `stripe-refused`,
   *   503 `stripe-not-configured|stripe-unavailable|price-not-synced`
   */
  create(input: CheckoutInput, user: Buyer | null): Promise<{ url: string; sessionId: string }>;
  /**
   * Synchronises a finished session at once.
   *
   * @throws RequestError 404 `session-unknown`, 502, 503
   */
  sync(sessionId: string): Promise<CheckoutSyncResponse['data']>;
}

/** Longer than the few requests to Stripe that open a page. Milliseconds. */
const LEASE_MS = 60_000;

/** One subscription, or one payment for a price that is paid once. */
const termsOf = (
  price: PriceRow,
  { customer, metadata, trialDays }: BuyerParams,
  invoiceCreation: boolean
): Stripe.Checkout.SessionCreateParams => {
  if (price.interval === null) {
    return {
      mode: 'payment',
      // Stripe charges the owner for each: theirs to ask for.
      ...(invoiceCreation && { invoice_creation: { enabled: true } }),
      ...(customer ? {} : { customer_creation: 'always' }),
    };
  }
  const trial = trialDays > 0 ? { trial_period_days: trialDays } : {};
  return { mode: 'subscription', subscription_data: { metadata, ...trial } };
};

/** Opens and synchronises checkouts. */
export const createCheckout = (
  strapi: Core.Strapi,
  stripe: StripeAccess,
  catalogue: Catalogue,
  worker: Worker
): Checkout => {
  const open = async (input: CheckoutInput, user: Buyer | null) => {
    const client = await stripe.writer();
    const price = await findPrice(strapi, input.price, await stripe.scope());
    const stripePrice = await stripePriceOf(price, catalogue);
    const discount = await discountOf(strapi, stripe, input.promotionCode, price, user);
    const email = input.email?.trim().toLowerCase() ?? null;
    const { invoiceCreation } = getConfig(strapi).checkout;
    const create = async () => {
      const buyer = await buyerParams(strapi, stripe, worker, price, user, email);
      const metadata = { ...buyer.metadata, price: price.documentId };
      const session = client.checkout.sessions.create({
        ...termsOf(price, { ...buyer, metadata }, invoiceCreation),
        ...(buyer.customer && { customer: buyer.customer }),
        ...(buyer.email && { customer_email: buyer.email }),
        ...discount,
        line_items: [{ price: stripePrice, quantity: 1 }],
        success_url: input.successUrl,
        cancel_url: input.cancelUrl,
        metadata,
      });
      return session.catch((error: unknown) => {
        throw discount.discounts ? asPromotionError(error) : error;
      });
    };
    if (!user) return create();
    const createAgain = async () => {
      const member = await findMemberOfUser(strapi, user.id);
      if (member) await retireCurrent(strapi, stripe, member);
      return create();
    };
    // One at a time for a member: of two clicks at once, each would overlook the other's page.
    return alone(strapi, `checkout:user:${user.id}`, LEASE_MS, () =>
      create().catch((error: unknown) => {
        if (!isCustomerMissing(error)) throw error;
        return createAgain();
      })
    );
  };

  return {
    async create(input, user) {
      assertAllowedUrl(strapi, input.successUrl, 'successUrl');
      assertAllowedUrl(strapi, input.cancelUrl, 'cancelUrl');
      const { id, url } = await askStripe(() => open(input, user));
      if (!url) throw new Error('memberships: Stripe made a checkout session without a page');
      return { url, sessionId: id };
    },
    sync: (sessionId) => askStripe(() => syncCheckout(strapi, stripe, worker, sessionId)),
  };
};
