import type Stripe from 'stripe';
import { readCharge, readDispute, readRefund } from '../../server/src/billing/readers/charge';
import { readInvoice } from '../../server/src/billing/readers/invoice';
import { readIntent } from '../../server/src/billing/readers/payment-intent';
import { objects, withData, type StripeObject } from '../support/real-stripe';

const ofKind = (kind: string): StripeObject[] =>
  objects.flatMap(([, object]) => (object.object === kind && !object.deleted ? [object] : []));

const isCharge = (value: StripeObject): value is StripeObject & Stripe.Charge =>
  value.object === 'charge';
const isRefund = (value: StripeObject): value is StripeObject & Stripe.Refund =>
  value.object === 'refund';
const isDispute = (value: StripeObject): value is StripeObject & Stripe.Dispute =>
  value.object === 'dispute';
const isIntent = (value: StripeObject): value is StripeObject & Stripe.PaymentIntent =>
  value.object === 'payment_intent' && typeof value.amount === 'number';

/** Amounts are integers of minor units, and instants lie in this century. */
const expectSound = (facts: object): void => {
  for (const [key, value] of Object.entries(facts)) {
    if (typeof value === 'number') expect([key, Number.isSafeInteger(value)]).toEqual([key, true]);
  }
};

withData('the money in real Stripe data', () => {
  it('gives facts of every charge, with its refunds and disputes', () => {
    const refunds = ofKind('refund').filter(isRefund);
    const disputes = ofKind('dispute').filter(isDispute);
    const charges = ofKind('charge').filter(isCharge);
    expect([charges.length, refunds.length, disputes.length].every(Boolean)).toBe(true);
    for (const charge of charges) {
      const facts = readCharge(charge, refunds, disputes, []);
      expectSound(facts);
      expect(facts.stripeId).toMatch(/^(ch|py)_/);
      expect(facts.amountRefunded).toBe(charge.amount_refunded);
      expect(facts.refunds).toHaveLength(refunds.length);
      for (const refund of facts.refunds) {
        expectSound(refund);
        expect(refund.created).toBeGreaterThan(Date.UTC(2000, 0));
      }
      for (const dispute of facts.disputes) {
        expectSound(dispute);
        expect(dispute.evidenceDueBy).toBeGreaterThan(Date.UTC(2000, 0));
        expect([dispute.status, dispute.reason].every(Boolean)).toBe(true);
      }
    }
    expect(refunds.map(readRefund).every(({ status }) => status !== null)).toBe(true);
    expect(disputes.map(readDispute).every(({ amount }) => amount > 0)).toBe(true);
  });

  it('gives facts of every payment intent, in the words of an invoice', () => {
    const intents = ofKind('payment_intent').filter(isIntent);
    expect(intents.length).toBeGreaterThan(3);
    for (const intent of intents) {
      const facts = readIntent(intent, null);
      expectSound(facts);
      expect(['paid', 'open', 'void']).toContain(facts.status);
      expect(facts.status === 'paid').toBe(intent.status === 'succeeded');
      expect(facts.paidAt !== null).toBe(facts.status === 'paid');
      expect(facts.intentStatus).toBe(facts.status === 'open' ? intent.status : null);
    }
  });
});

describe('an invoice', () => {
  const invoice = (changes: object): Stripe.Invoice =>
    Object.assign(Object.create(null), {
      id: 'in_1',
      status: 'paid',
      currency: 'eur',
      amount_paid: 900,
      created: 1_700_000_000,
      ...changes,
    });
  const payments = (...data: object[]) => ({ payments: { object: 'list', data } });
  const by = (status: string, payment: object) => ({ status, payment });
  const intent = { type: 'payment_intent', payment_intent: 'pi_1' };

  it.each([
    ['by its only intent', payments(by('paid', intent)), 'pi_1', false],
    [
      'by the intent that worked',
      payments(by('canceled', { ...intent, payment_intent: 'pi_0' }), by('paid', intent)),
      'pi_1',
      false,
    ],
    [
      'by an expanded intent',
      payments(by('paid', { ...intent, payment_intent: { id: 'pi_1' } })),
      'pi_1',
      false,
    ],
    ['before basil', { payment_intent: 'pi_1', paid_out_of_band: false }, 'pi_1', false],
    ['out of band before basil', { payment_intent: null, paid_out_of_band: true }, null, true],
    ['out of band, the intent given up', payments(by('canceled', intent)), 'pi_1', true],
    ['out of band, recorded', payments(by('paid', { type: 'payment_record' })), null, true],
    [
      'out of band, said so',
      { ...payments(by('paid', intent)), amount_paid_off_stripe: 500 },
      'pi_1',
      true,
    ],
    ['by nothing, for nothing', { ...payments(), amount_paid: 0 }, null, false],
    ['not told how', {}, null, false],
    ['not yet', { ...payments(by('open', intent)), status: 'open' }, 'pi_1', false],
  ])('is paid %s', (_name, changes, paymentIntent, paidOutOfBand) => {
    expect(readInvoice(invoice(changes))).toMatchObject({ paymentIntent, paidOutOfBand });
  });
});
