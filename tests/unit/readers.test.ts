import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type Stripe from 'stripe';
import {
  subscriptionOf,
  readInvoice,
  readPastDueSince,
} from '../../server/src/billing/readers/invoice';
import { readSubscription } from '../../server/src/billing/readers/subscription';
import { keyOf, readEvent } from '../../server/src/billing/webhook/event';

/** Real objects of several API generations; data that is not in this repository. */
const DATA = path.resolve(__dirname, '../../../shared/stripe');

type StripeObject = Record<string, unknown> & { object: string };

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isStripeObject = (value: unknown): value is StripeObject =>
  isRecord(value) && typeof value.object === 'string';

/** Every Stripe object anywhere in a value. */
const objectsIn = (value: unknown): StripeObject[] => {
  if (Array.isArray(value)) return value.flatMap(objectsIn);
  if (!isRecord(value)) return [];
  return [...(isStripeObject(value) ? [value] : []), ...Object.values(value).flatMap(objectsIn)];
};

/** A recording keeps its answers as text. */
const unfold = (value: unknown): unknown => {
  if (typeof value === 'string' && /^\s*[{[]/.test(value)) {
    try {
      return JSON.parse(value);
    } catch {
      return value;
    }
  }
  if (Array.isArray(value)) return value.map(unfold);
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, unfold(inner)]));
};

const files = (['objects', 'recorded'] as const).flatMap((folder) => {
  const at = path.join(DATA, folder);
  return existsSync(at)
    ? readdirSync(at)
        .filter((name) => name.endsWith('.json'))
        .map((name) => path.join(at, name))
    : [];
});

const all = files.flatMap((file) =>
  objectsIn(unfold(JSON.parse(readFileSync(file, 'utf8')))).map(
    (object) => [path.basename(file), object] as const
  )
);

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

const SKIPPED = `there is no ${DATA}: real Stripe objects are not part of this repository`;
const withData = files.length > 0 ? describe : describe.skip;

withData(files.length > 0 ? 'real Stripe data' : `real Stripe data (skipped: ${SKIPPED})`, () => {
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

  it('names what to fetch for every event in it', () => {
    for (const [, object] of all) {
      if (object.object !== 'event') continue;
      const event = readEvent(object);
      expect(event).not.toBeNull();
      if (event) expect(() => keyOf(event)).not.toThrow();
    }
  });

  it('knows a subscription of any kind by its event', () => {
    for (const [, object] of all) {
      if (!['subscription', 'checkout.session'].includes(object.object)) continue;
      const type =
        object.object === 'subscription'
          ? 'customer.subscription.updated'
          : 'checkout.session.completed';
      expect(keyOf({ type, object })).toBe(object.id);
    }
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

describe('the key of an event', () => {
  const invoice = { id: 'in_1', parent: { subscription_details: { subscription: 'sub_9' } } };

  it.each([
    ['customer.subscription.created', { id: 'sub_1' }, 'sub_1'],
    ['customer.subscription.deleted', { id: 'sub_1' }, 'sub_1'],
    ['customer.subscription.trial_will_end', { id: 'sub_1' }, 'sub_1'],
    ['checkout.session.completed', { id: 'cs_1' }, 'cs_1'],
    ['checkout.session.async_payment_succeeded', { id: 'cs_1' }, 'cs_1'],
    ['invoice.paid', invoice, 'sub_9'],
    ['invoice.payment_failed', invoice, 'sub_9'],
    // Comes without an id of its own.
    ['invoice.upcoming', { subscription: 'sub_9' }, 'sub_9'],
    ['invoice.paid', { id: 'in_1' }, null],
    ['customer.created', { id: 'cus_1' }, null],
    ['charge.refunded', { id: 'ch_1' }, null],
    ['product.updated', { id: 'prod_1' }, null],
    ['customer.subscription.updated', {}, null],
    ['customer.subscription.updated', { id: 5 }, null],
  ])('%s %j: %s', (type, object, key) => {
    expect(keyOf({ type, object })).toBe(key);
  });
});
