import { EVENT_TYPES } from '../../server/src/billing/webhook/event-types';
import { keyOf, readEvent } from '../../server/src/billing/webhook/event';
import { objects, withData, type StripeObject } from '../support/real-stripe';

const invoice = { id: 'in_1', parent: { subscription_details: { subscription: 'sub_9' } } };

describe('the key of an event', () => {
  it.each([
    ['customer.subscription.created', { id: 'sub_1' }, 'sub_1'],
    ['customer.subscription.deleted', { id: 'sub_1' }, 'sub_1'],
    ['customer.subscription.trial_will_end', { id: 'sub_1' }, 'sub_1'],
    ['customer.subscription.pending_update_expired', { id: 'sub_1' }, 'sub_1'],
    ['subscription_schedule.updated', { id: 'sub_sched_1', subscription: 'sub_1' }, 'sub_1'],
    [
      'subscription_schedule.released',
      { id: 'sub_sched_1', subscription: null, released_subscription: 'sub_1' },
      'sub_1',
    ],
    ['subscription_schedule.created', { id: 'sub_sched_1', subscription: null }, null],

    ['checkout.session.completed', { id: 'cs_1' }, 'cs_1'],
    ['checkout.session.async_payment_succeeded', { id: 'cs_1' }, 'cs_1'],
    ['checkout.session.expired', { id: 'cs_1' }, 'cs_1'],

    ['invoice.paid', invoice, 'sub_9'],
    ['invoice.payment_failed', invoice, 'sub_9'],
    ['invoice.paid', { id: 'in_1', subscription: 'sub_9' }, 'sub_9'],
    ['invoice.paid', { id: 'in_1', parent: null, subscription: null }, 'in_1'],
    ['invoice.voided', { id: 'in_1' }, 'in_1'],
    // Comes without an id of its own.
    ['invoice.upcoming', { subscription: 'sub_9' }, 'sub_9'],
    ['invoice.upcoming', { parent: null }, null],
    ['invoice_payment.paid', { id: 'inpay_1', invoice: 'in_1' }, 'in_1'],
    ['invoice_payment.paid', { id: 'inpay_1', invoice: { id: 'in_1' } }, 'in_1'],

    ['customer.created', { id: 'cus_1' }, 'cus_1'],
    ['customer.deleted', { id: 'cus_1' }, 'cus_1'],
    ['customer.discount.created', { id: 'di_1', customer: 'cus_1', subscription: null }, 'cus_1'],
    [
      'customer.discount.deleted',
      { id: 'di_1', customer: 'cus_1', subscription: 'sub_1' },
      'sub_1',
    ],
    ['customer.source.updated', { id: 'card_1', customer: 'cus_1' }, 'cus_1'],
    ['customer.tax_id.created', { id: 'txi_1', customer: 'cus_1' }, null],
    ['payment_method.attached', { id: 'pm_1', customer: 'cus_1' }, 'cus_1'],
    ['payment_method.automatically_updated', { id: 'pm_1', customer: 'cus_1' }, 'cus_1'],
    ['payment_method.attached', { id: 'pm_1', customer: null }, null],

    ['charge.refunded', { id: 'ch_1', customer: 'cus_1' }, 'ch_1'],
    // A debit's charge.
    ['charge.refunded', { id: 'py_1' }, 'py_1'],
    ['charge.refund.updated', { id: 're_1', charge: 'ch_1' }, 'ch_1'],
    ['refund.created', { id: 're_1', charge: 'ch_1', payment_intent: 'pi_1' }, 'ch_1'],
    ['refund.failed', { id: 're_1', charge: null, payment_intent: 'pi_1' }, 'pi_1'],
    ['charge.dispute.created', { id: 'dp_1', charge: 'ch_1' }, 'ch_1'],
    ['charge.dispute.closed', { id: 'dp_1', charge: { id: 'ch_1' } }, 'ch_1'],
    ['radar.early_fraud_warning.created', { id: 'issfr_1', charge: 'ch_1' }, 'ch_1'],
    // A checkout has ten events of these; its session and its subscription say all of it.
    ['charge.succeeded', { id: 'ch_1' }, null],
    ['payment_intent.succeeded', { id: 'pi_1' }, null],

    // Their ids may be any text.
    ['product.updated', { id: 'sub_scribe to us' }, 'product:sub_scribe to us'],
    ['price.created', { id: 'price_1' }, 'price:price_1'],
    ['coupon.deleted', { id: 'cs_SUMMER' }, 'coupon:cs_SUMMER'],
    ['coupon.created', {}, null],
    ['promotion_code.created', { id: 'promo_1', code: 'SUMMER' }, 'promo_1'],

    ['account.application.deauthorized', { id: 'ca_1', object: 'application' }, null],
    ['some.thing.new', { id: 'new_1' }, null],
    ['customer.subscription.updated', {}, null],
    ['customer.subscription.updated', { id: 5 }, null],
    ['coupon.created', { id: 'x'.repeat(300) }, null],
  ])('%s %j: %s', (type, object, key) => {
    expect(keyOf({ type, object })).toBe(key);
  });

  it('is the customer that a payment method was detached from', () => {
    const detached = {
      id: 'evt_1',
      object: 'event',
      type: 'payment_method.detached',
      livemode: false,
      data: { object: { id: 'pm_1', customer: null }, previous_attributes: { customer: 'cus_1' } },
    };
    const event = readEvent(detached);
    expect(event && keyOf(event)).toBe('cus_1');
  });

  it.each(EVENT_TYPES.filter((type) => type !== 'account.application.deauthorized'))(
    'is known for %s, which an endpoint is sent',
    (type) => {
      const everything = {
        id: 'x_1',
        ...{ customer: 'cus_1', charge: 'ch_1', subscription: 'sub_1', invoice: 'in_1' },
      };
      expect(keyOf({ type, object: everything })).not.toBeNull();
    }
  );
});

withData('the key of an event about a real object', () => {
  /** An event of each kind of object, and the property that its key is read from. */
  const KINDS: [kind: string, type: string, ...properties: string[]][] = [
    ['subscription', 'customer.subscription.updated', 'id'],
    ['checkout.session', 'checkout.session.completed', 'id'],
    ['customer', 'customer.updated', 'id'],
    ['payment_method', 'payment_method.attached', 'customer'],
    ['charge', 'charge.refunded', 'id'],
    ['refund', 'refund.updated', 'charge', 'payment_intent'],
    ['dispute', 'charge.dispute.created', 'charge'],
    ['radar.early_fraud_warning', 'radar.early_fraud_warning.created', 'charge'],
    ['invoice_payment', 'invoice_payment.paid', 'invoice'],
    ['promotion_code', 'promotion_code.created', 'id'],
    [
      'subscription_schedule',
      'subscription_schedule.updated',
      'subscription',
      'released_subscription',
    ],
  ];

  const ofKind = (kind: string): StripeObject[] =>
    objects.flatMap(([, object]) => (object.object === kind ? [object] : []));
  const id = (value: unknown): unknown =>
    typeof value === 'object' && value !== null ? Reflect.get(value, 'id') : value;

  it.each(KINDS)('%s by %s', (kind, type, ...properties) => {
    const found = ofKind(kind);
    expect(found.length).toBeGreaterThan(0);
    for (const object of found) {
      const named = properties.map((property) => id(object[property])).find(Boolean) ?? null;
      expect(keyOf({ type, object })).toBe(named);
    }
  });

  it('of an invoice is its subscription, and its own id without one', () => {
    const found = ofKind('invoice').filter(({ id: own }) => typeof own === 'string');
    const keys = found.map((object) => keyOf({ type: 'invoice.paid', object }));
    expect(keys).not.toContain(null);
    expect(keys.some((key) => key?.startsWith('sub_'))).toBe(true);
    expect(keys.some((key) => key?.startsWith('in_'))).toBe(true);
  });

  it('never throws, whatever the object', () => {
    const events = objects.filter(([, { object }]) => object === 'event');
    expect(events.length).toBeGreaterThan(0);
    for (const [, object] of events) {
      const event = readEvent(object);
      expect(event).not.toBeNull();
      if (event) expect(() => keyOf(event)).not.toThrow();
    }
    for (const type of EVENT_TYPES) {
      for (const [, object] of objects) expect(() => keyOf({ type, object })).not.toThrow();
    }
  });
});
