import type Stripe from 'stripe';
import {
  subscriptionOf,
  readInvoice,
  readPastDueSince,
} from '../../server/src/billing/readers/invoice';
import { readSubscription } from '../../server/src/billing/readers/subscription';
import {
  files,
  isRecord,
  objects as all,
  withData,
  type StripeObject,
} from '../support/real-stripe';

const isSubscription = (value: StripeObject): value is StripeObject & Stripe.Subscription =>
  value.object === 'subscription' && isRecord(value.items);
const isInvoice = (value: StripeObject): value is StripeObject & Stripe.Invoice =>
  value.object === 'invoice' && typeof value.currency === 'string';

/** Numbers that are instants lie in this century, and none is NaN. */
const expectSound = (facts: object): void => {
  for (const [key, value] of Object.entries(facts)) {
    if (typeof value !== 'number') continue;
    expect([key, Number.isFinite(value)]).toEqual([key, true]);
  }
};

withData('real Stripe data', () => {
  it('is there in every generation', () => {
    const kinds = new Set(all.map(([, { object }]) => object));
    for (const kind of ['subscription', 'invoice', 'customer', 'checkout.session']) {
      expect(kinds).toContain(kind);
    }
    expect(files.filter((file) => file.includes('fixtures3')).length).toBeGreaterThanOrEqual(2);
  });

  it('gives facts of every subscription', () => {
    const found = all.flatMap(([file, object]) =>
      isSubscription(object) ? [[file, object] as const] : []
    );
    expect(found.length).toBeGreaterThan(5);
    for (const [file, subscription] of found) {
      const prices = subscription.items.data.flatMap(({ price }) => price?.id ?? []);
      const facts = readSubscription(subscription, new Map(prices.map((id) => [id, 'gold'])), null);
      expect([file, facts.stripeId]).toEqual([file, subscription.id]);
      expect(facts.status).toBe(subscription.status);
      expect(facts.items).toHaveLength(subscription.items.data.length);
      expectSound(facts);
      for (const item of facts.items) {
        expectSound(item);
        expect(item.stripeId).not.toBe('');
        expect(item.price).not.toBe('');
        expect(item.tier).toBe('gold');
      }
      if (facts.items.length > 0) {
        // On the items or on the subscription: every generation says when a period ends.
        expect([file, facts.currentPeriodEnd]).toEqual([file, expect.any(Number)]);
        expect(facts.currentPeriodEnd).toBeGreaterThan(Date.UTC(2000, 0));
      }
    }
  });

  it('gives facts of every invoice, with the subscription it is of', () => {
    const found = all.flatMap(([, object]) => (isInvoice(object) ? [object] : []));
    expect(found.length).toBeGreaterThan(3);
    for (const invoice of found) {
      const facts = readInvoice(invoice);
      expectSound(facts);
      expect(facts.currency).toBe(invoice.currency);
      expect(facts.created).toBeGreaterThan(Date.UTC(2000, 0));
      const text = JSON.stringify([invoice.parent, Reflect.get(invoice, 'subscription')]);
      const named = /"(sub_\w+)"/.exec(text)?.[1] ?? null;
      if (named) expect(facts.subscription).toBe(named);
      expect(() => readPastDueSince([invoice])).not.toThrow();
    }
    expect(found.some((invoice) => readInvoice(invoice).subscription !== null)).toBe(true);
  });
});

describe('an invoice', () => {
  it.each([
    [{ parent: { subscription_details: { subscription: 'sub_1' } } }, 'sub_1'],
    [{ parent: { subscription_details: { subscription: { id: 'sub_1' } } } }, 'sub_1'],
    [{ subscription: 'sub_1' }, 'sub_1'],
    [{ subscription: { id: 'sub_1' } }, 'sub_1'],
    [{ parent: { subscription_details: null }, subscription: null }, null],
    [{ parent: null }, null],
    [{}, null],
    [null, null],
    ['in_1', null],
  ])('%j is of %s', (invoice, subscription) => {
    expect(subscriptionOf(invoice)).toBe(subscription);
  });
});
