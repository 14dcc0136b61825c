import type Stripe from 'stripe';
import { readCharge, readDispute, readRefund } from '../../server/src/billing/readers/charge';
import { readCustomer, readDefaultCard } from '../../server/src/billing/readers/customer';
import { readDiscounts } from '../../server/src/billing/readers/discounts';
import { readInvoice, readPastDueSince } from '../../server/src/billing/readers/invoice';
import { readIntent, readProgress } from '../../server/src/billing/readers/payment-intent';
import { pendingPrices } from '../../server/src/billing/readers/pending-change';
import { readPrice, readTerms } from '../../server/src/billing/readers/price';
import {
  couponOf,
  readCoupon,
  readPromotionCode,
} from '../../server/src/billing/readers/promotion';
import { readPaid, readSubscription } from '../../server/src/billing/readers/subscription';
import { isRecord, objects, withData, type StripeObject } from '../support/real-stripe';

/** What each reader makes of an object that says it is of its kind, whatever else it says. */
const READERS: { [kind: string]: ((object: StripeObject) => unknown)[] } = {
  subscription: [
    reading<Stripe.Subscription>((one) => readSubscription(one, new Map(), null)),
    reading<Stripe.Subscription>(readDiscounts),
    reading<Stripe.Subscription>(pendingPrices),
    reading<Stripe.Subscription>((one) => readPaid(one, [])),
    readDefaultCard,
  ],
  invoice: [
    reading<Stripe.Invoice>((one) => readInvoice(one)),
    reading<Stripe.Invoice>((one) => readPastDueSince([one])),
    reading<Stripe.Invoice>((one) => readPaid({ trial_end: 1 }, [one])),
  ],
  payment_intent: [
    reading<Stripe.PaymentIntent>((one) => readIntent(one, null)),
    reading<Stripe.PaymentIntent>(readProgress),
  ],
  charge: [reading<Stripe.Charge>((one) => readCharge(one, [], [], []))],
  refund: [reading<Stripe.Refund>(readRefund)],
  dispute: [reading<Stripe.Dispute>(readDispute)],
  customer: [reading<Stripe.Customer>((one) => readCustomer(one)), readDefaultCard],
  price: [reading<Stripe.Price>(readPrice), reading<Stripe.Price>(readTerms)],
  coupon: [reading<Stripe.Coupon>(readCoupon)],
  promotion_code: [
    reading<Stripe.PromotionCode>((one) => readPromotionCode(one, null)),
    reading<Stripe.PromotionCode>(couponOf),
  ],
};

/** A reader of the library's type, for objects that may be of another API version, or broken. */
function reading<T>(read: (object: T) => unknown): (object: StripeObject) => unknown {
  const claims = (object: unknown): object is T => isRecord(object);
  return (object) => (claims(object) ? read(object) : undefined);
}

/** Where facts hold what no column takes: nothing at all, or a number that is none. */
function holes(value: unknown, at: string): string[] {
  if (value === undefined || (typeof value === 'number' && !Number.isFinite(value))) return [at];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => holes(inner, `${at}.${key}`));
}

/** What a kind's readers get wrong about one object. */
function wrong(kind: string, object: StripeObject, said: string): string[] {
  return (READERS[kind] ?? []).flatMap((read, index) => {
    try {
      return holes(read(object), `${kind}[${index}] ${said}`);
    } catch (error) {
      return [`${kind}[${index}] ${said}: ${String(error)}`];
    }
  });
}

/** The object with each of its fields in turn taken away, or of another type, at every depth. */
function* broken(value: unknown, at = ''): Generator<[said: string, object: unknown]> {
  if (!isRecord(value) && !Array.isArray(value)) return;
  for (const [key, inner] of Object.entries(value)) {
    const path = `${at}.${key}`;
    const put = (other: unknown): unknown =>
      Array.isArray(value)
        ? value.map((each: unknown, index) => (String(index) === key ? other : each))
        : { ...value, [key]: other };
    for (const other of [null, undefined, 'text', 5, {}, []]) {
      yield [`${path} = ${JSON.stringify(other)}`, put(other)];
    }
    for (const [said, other] of broken(inner, path)) yield [said, put(other)];
  }
}

const isObject = (value: unknown): value is StripeObject =>
  isRecord(value) && typeof value.object === 'string';

withData('every reader, of every real object of its kind', () => {
  it.each(Object.keys(READERS))('%s', (kind) => {
    const found = objects.filter(([, { object, deleted }]) => object === kind && !deleted);
    expect(new Set(found.map(([file]) => file)).size).toBeGreaterThanOrEqual(2);
    expect(found.flatMap(([file, object]) => wrong(kind, object, file))).toEqual([]);
  });

  it.each(Object.keys(READERS))('%s, whatever of it is missing or of another type', (kind) => {
    const [first, ...rest] = objects.flatMap(([, each]) => (each.object === kind ? [each] : []));
    const faults = [first, rest.at(-1)].flatMap((whole) =>
      [...broken(whole)].flatMap(([said, object]) =>
        isObject(object) && object.object === kind ? wrong(kind, object, said) : []
      )
    );
    expect(faults).toEqual([]);
  });
});

describe('an object of an older API version', () => {
  const half = { object: 'coupon', id: 'HALF', duration: 'forever', percent_off: 50 };
  const whole = { object: 'discount', id: 'di_1', coupon: half };
  const item = {
    id: 'si_1',
    plan: { id: 'gold', amount: 1000, currency: 'usd', interval: 'month', interval_count: 1 },
    quantity: 2,
  };
  const subscription = (more: object): StripeObject => ({
    object: 'subscription',
    id: 'sub_1',
    status: 'active',
    currency: 'usd',
    items: { object: 'list', data: [item] },
    current_period_start: 1_600_000_000,
    current_period_end: 1_602_592_000,
    ...more,
  });
  const gold = new Map([['gold', 'gold']]);
  const read = reading<Stripe.Subscription>((one) => readSubscription(one, gold, null));

  it('has its period and its plan elsewhere', () => {
    expect(read(subscription({}))).toMatchObject({
      currentPeriodStart: 1_600_000_000_000,
      currentPeriodEnd: 1_602_592_000_000,
      items: [{ price: 'gold', tier: 'gold', amount: 1000, interval: 'month', mrr: 2_000_000 }],
    });
  });

  it.each([
    ['2020: one discount', { discount: whole }],
    ['2024: one discount, and its id in a list', { discount: whole, discounts: ['di_1'] }],
    ['2024: the same discount twice', { discount: whole, discounts: [whole] }],
    ['clover: a source', { discounts: [{ id: 'di_1', source: { coupon: half, type: 'coupon' } }] }],
    ['of the customer', { customer: { id: 'cus_1', discount: whole } }],
  ])('is discounted once, %s', (_name, more) => {
    expect(read(subscription(more))).toMatchObject({ items: [{ mrr: 1_000_000 }] });
  });

  it('names what an invoice is of and paid by on the invoice', () => {
    const invoice = reading<Stripe.Invoice>((one) => readInvoice(one));
    const older = { subscription: 'sub_1', payment_intent: 'pi_1', charge: 'ch_1', paid: true };
    expect(
      invoice({ object: 'invoice', id: 'in_1', status: 'paid', currency: 'usd', ...older })
    ).toMatchObject({ subscription: 'sub_1', paymentIntent: 'pi_1', paidOutOfBand: false });
  });

  it('holds the coupon of a promotion code in it', () => {
    const code = { object: 'promotion_code', id: 'promo_1', code: 'HALF', coupon: half };
    expect(reading<Stripe.PromotionCode>(couponOf)(code)).toBe('HALF');
  });
});
