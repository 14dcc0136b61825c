import qs from 'qs';
import { startStripe, type StripeSimulator } from './index';

const monthly = { currency: 'usd', unit_amount: 900, recurring: { interval: 'month' } };

describe('Calls in an earlier API version', () => {
  let sim: StripeSimulator;
  beforeAll(async () => (sim = await startStripe({ now: Date.UTC(2026, 0, 10) })));
  afterAll(async () => {
    expect(sim.violations).toEqual([]);
    await sim.close();
  });

  async function call(
    verb: 'GET' | 'POST' | 'DELETE',
    path: string,
    params: object = {},
    version = '2024-06-20'
  ) {
    const form = qs.stringify(params);
    const answer = await fetch(`${sim.url}${path}${verb === 'GET' && form ? `?${form}` : ''}`, {
      method: verb,
      headers: {
        Authorization: `Bearer ${sim.secretKey}`,
        'Stripe-Version': version,
        ...(verb === 'GET' ? {} : { 'Content-Type': 'application/x-www-form-urlencoded' }),
      },
      ...(verb === 'GET' ? {} : { body: form }),
    });
    return { status: answer.status, body: await answer.json() };
  }

  async function subscribed(version: string, more: object = {}) {
    const customer = await call('POST', '/v1/customers', {
      payment_method: 'pm_card_visa',
      invoice_settings: { default_payment_method: 'pm_card_visa' },
    });
    const price = await call('POST', '/v1/prices', { ...monthly, product_data: { name: 'Gold' } });
    const params = { customer: customer.body.id, items: [{ price: price.body.id }], ...more };
    const { body } = await call('POST', '/v1/subscriptions', params, version);
    return { customer: customer.body.id, price: price.body.id, subscription: body };
  }

  it.each(['2022-11-15', '2023-08-16', '2024-06-20', '2025-02-24.acacia'])(
    '%s expand what an invoice and a charge held then',
    async (version) => {
      const expand = ['latest_invoice.payment_intent.latest_charge', 'latest_invoice.charge'];
      const { subscription } = await subscribed(version, { expand });
      const { latest_invoice: invoice } = subscription;
      expect(invoice).toMatchObject({
        object: 'invoice',
        payment_intent: { object: 'payment_intent', latest_charge: { object: 'charge' } },
        charge: { object: 'charge', invoice: invoice.id },
        subscription: subscription.id,
      });
      const charge = await call(
        'GET',
        `/v1/charges/${invoice.charge.id}`,
        { expand: ['invoice.subscription', 'payment_intent.invoice'] },
        version
      );
      expect(charge.body.invoice.subscription).toMatchObject({
        id: subscription.id,
        current_period_end: expect.any(Number),
      });
      expect(charge.body.payment_intent.invoice.id).toBe(invoice.id);
    }
  );

  it('refuse those expansions from basil on', async () => {
    const { subscription } = await subscribed('2025-03-31.basil');
    for (const version of ['2025-03-31.basil', '2026-10-28.endive']) {
      const path = `/v1/subscriptions/${subscription.id}`;
      const { status, body } = await call(
        'GET',
        path,
        { expand: ['latest_invoice.charge'] },
        version
      );
      expect([status, body.error.param]).toEqual([400, 'expand']);
    }
  });

  it('show the discount of a subscription whole, and what its code takes off', async () => {
    const coupon = await call('POST', '/v1/coupons', { percent_off: 50, duration: 'forever' });
    const code = await call('POST', '/v1/promotion_codes', {
      coupon: coupon.body.id,
      code: 'HALF',
    });
    expect(code.body.coupon.percent_off).toBe(50);
    const found = await call('GET', '/v1/promotion_codes', {
      code: 'HALF',
      expand: ['data.coupon.applies_to'],
    });
    expect(found.body.data[0].coupon.applies_to).toEqual({ products: [] });
    const { subscription } = await subscribed('2024-06-20', { promotion_code: code.body.id });
    expect(subscription.discount).toMatchObject({
      coupon: { id: coupon.body.id },
      promotion_code: code.body.id,
    });
    const gone = await call('DELETE', `/v1/subscriptions/${subscription.id}/discount`);
    expect(gone).toMatchObject({ status: 200, body: { object: 'discount', deleted: true } });
  });

  it('preview by the upcoming invoice', async () => {
    const { customer, subscription } = await subscribed('2024-06-20');
    const params = {
      customer,
      subscription: subscription.id,
      subscription_items: [{ id: subscription.items.data[0].id, quantity: 3 }],
      subscription_proration_behavior: 'none',
    };
    const preview = await call('GET', '/v1/invoices/upcoming', params);
    expect(preview.body).toMatchObject({ status: 'draft', total: 2700, paid: false });
    const lines = await call('GET', '/v1/invoices/upcoming/lines', params);
    expect(lines.body.data).toHaveLength(preview.body.lines.data.length);
  });

  it('refund by the charge', async () => {
    const { subscription } = await subscribed('2024-06-20', { expand: ['latest_invoice'] });
    const { charge } = subscription.latest_invoice;
    const part = await call('POST', `/v1/charges/${charge}/refunds`, { amount: 100 });
    expect(part.body).toMatchObject({ object: 'refund', amount: 100, charge });
    const whole = await call('POST', `/v1/charges/${charge}/refund`);
    expect(whole.body).toMatchObject({ object: 'charge', amount_refunded: 900, refunded: true });
    const list = await call('GET', `/v1/charges/${charge}/refunds`, { limit: 1 });
    expect(list.body).toMatchObject({ data: [{ amount: 800 }], has_more: true });
  });
});
