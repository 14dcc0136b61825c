import { stripeClient } from './index';
import { idOf, failure, join, object, openBench, sell, start, type Bench } from './testing';

describe('The API', () => {
  let bench: Bench;
  beforeEach(async () => (bench = await openBench()));
  afterEach(() => expect(bench.sim.violations).toEqual([]));

  const raw = (path: string, init: RequestInit & { key?: string } = {}) =>
    fetch(`${bench.sim.url}${path}`, {
      ...init,
      headers: { authorization: `Bearer ${init.key ?? bench.sim.secretKey}`, ...init.headers },
    });

  it('names its account', async () => {
    const account = await bench.stripe.accounts.retrieveCurrent();
    expect(account).toMatchObject({ object: 'account', country: 'US', charges_enabled: true });
  });

  it('answers as Stripe does: version, request id, two-space JSON', async () => {
    const response = await raw('/v1/account');
    expect(response.headers.get('request-id')).toMatch(/^req_/);
    expect(response.headers.get('stripe-version')).toBe('2026-10-28.endive');
    expect(await response.text()).toMatch(/^\{\n {2}"id": "acct_/);
    const basic = Buffer.from(`${bench.sim.secretKey}:`).toString('base64');
    const again = await fetch(`${bench.sim.url}/v1/account`, {
      headers: { authorization: `Basic ${basic}` },
    });
    expect(again.status).toBe(200);
  });

  it('refuses a missing and a wrong key', async () => {
    const none = await fetch(`${bench.sim.url}/v1/account`);
    expect(none.status).toBe(401);
    expect(await none.json()).toMatchObject({ error: { type: 'invalid_request_error' } });
    const blank = await fetch(`${bench.sim.url}/v1/account`, {
      headers: { authorization: 'Bearer ' },
    });
    expect(blank.status).toBe(401);
    const wrong = await raw('/v1/account', { key: 'sk_test_wrong_0123456789' });
    expect(await wrong.json()).toMatchObject({
      error: { message: 'Invalid API Key provided: sk_test_************6789' },
    });
  });

  it('keeps test and live mode apart', async () => {
    const live = stripeClient(bench.sim, { key: bench.sim.liveSecretKey });
    const mine = await live.customers.create({ email: 'live@example.com' });
    expect(mine.livemode).toBe(true);
    const error = await failure(bench.stripe.customers.retrieve(mine.id));
    expect(error).toMatchObject({ statusCode: 404, code: 'resource_missing', param: 'id' });
    expect(error.message).toBe(
      `No such customer: '${mine.id}'; a similar object exists in live mode, but a test mode key was used to make this request.`
    );
    expect((await bench.stripe.customers.list()).data).toEqual([]);
    expect((await bench.stripe.events.list()).data).toEqual([]);
    expect((await live.events.list()).data[0]).toMatchObject({ livemode: true });
    await bench.sim.idle();
    expect(bench.sim.deliveries()).toEqual([]);
  });

  it('says what is wrong with a call', async () => {
    const { stripe } = bench;
    expect(await failure(stripe.subscriptions.retrieve('sub_none'))).toMatchObject({
      statusCode: 404,
      message: "No such subscription: 'sub_none'",
    });
    const customer = await stripe.customers.create({});
    const create = stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: 'invalid' }],
    });
    expect(await failure(create)).toMatchObject({
      statusCode: 400,
      code: 'resource_missing',
      param: 'items[0][price]',
      message: "No such price: 'invalid'",
      doc_url: 'https://stripe.com/docs/error-codes/resource-missing',
    });
    const post = async (path: string, body: string) =>
      (await raw(path, { method: 'POST', body })).json();
    expect(await post('/v1/customers', 'nickname=x')).toMatchObject({
      error: { code: 'parameter_unknown', param: 'nickname' },
    });
    expect(await post('/v1/customers', 'invoice_settings[nope]=x')).toMatchObject({
      error: {
        code: 'parameter_unknown',
        message: 'Received unknown parameter: invoice_settings[nope]',
      },
    });
    expect(await post('/v1/prices', 'unit_amount=5&product=prod_1')).toMatchObject({
      error: { code: 'parameter_missing', param: 'currency' },
    });
    expect(await post('/v1/prices', 'currency=eur&unit_amount=five&product=p')).toMatchObject({
      error: { code: 'parameter_invalid_integer', param: 'unit_amount' },
    });
    expect(await post('/v1/checkout/sessions', 'mode=gift')).toMatchObject({
      error: { message: 'Invalid mode: must be one of payment, setup, or subscription' },
    });
    const response = await raw('/v1/nothing');
    expect(response.status).toBe(404);
    expect((await raw('/v1/topups')).status).toBe(501);
  });

  it('refuses a declined card with its code', async () => {
    const { stripe } = bench;
    const customer = await stripe.customers.create({});
    const attach = stripe.paymentMethods.attach('pm_card_chargeDeclinedInsufficientFunds', {
      customer: customer.id,
    });
    expect(await failure(attach)).toMatchObject({
      statusCode: 402,
      code: 'card_declined',
      decline_code: 'insufficient_funds',
      type: 'StripeCardError',
    });
    const pay = stripe.paymentIntents.create({
      amount: 500,
      currency: 'usd',
      payment_method: 'pm_card_chargeCustomerFail',
      confirm: true,
    });
    expect((await failure(pay)).payment_intent).toMatchObject({
      status: 'requires_payment_method',
    });
  });

  it('replays a call with the same idempotency key', async () => {
    const { stripe } = bench;
    const options = { idempotencyKey: 'once' };
    const first = await stripe.customers.create({ email: 'reader@example.com' }, options);
    const again = await stripe.customers.create({ email: 'reader@example.com' }, options);
    expect(again.id).toBe(first.id);
    expect(again.lastResponse.headers['idempotent-replayed']).toBe('true');
    expect(first.lastResponse.headers['idempotent-replayed']).toBeUndefined();
    const other = await failure(stripe.customers.create({ email: 'b@example.com' }, options));
    expect(other).toMatchObject({ statusCode: 400, type: 'StripeIdempotencyError' });
    expect((await stripe.customers.list()).data).toHaveLength(1);
    const [event] = (await stripe.events.list()).data;
    expect(event?.request?.idempotency_key).toBe('once');
  });

  it('pages both ways', async () => {
    const { stripe } = bench;
    for (let n = 1; n <= 5; n += 1) await stripe.customers.create({ name: `Customer ${n}` });
    const names = (page: { data: { name?: string | null }[] }) =>
      page.data.map((row) => row.name?.slice(-1)).join('');
    const first = await stripe.customers.list({ limit: 2 });
    expect([names(first), first.has_more, first.url]).toEqual(['54', true, '/v1/customers']);
    const last = first.data[1]?.id;
    const next = await stripe.customers.list({ limit: 3, starting_after: last });
    expect([names(next), next.has_more]).toEqual(['321', false]);
    const before = await stripe.customers.list({ limit: 1, ending_before: next.data[0]?.id });
    expect([names(before), before.has_more]).toEqual(['4', true]);
    const all = await stripe.customers.list({ limit: 2 }).autoPagingToArray({ limit: 100 });
    expect(all).toHaveLength(5);
    expect(await failure(stripe.customers.list({ limit: 101 }))).toMatchObject({ param: 'limit' });
  });

  it('expands, through lists too', async () => {
    const { stripe } = bench;
    const price = await sell(stripe);
    const subscription = await join(bench, price.id);
    const invoices = await stripe.invoices.list({
      expand: ['data.customer', 'data.payments.data.payment'],
    });
    expect(object(invoices.data[0]?.customer).id).toBe(subscription.customer);
    const bad = failure(stripe.subscriptions.retrieve(subscription.id, { expand: ['nonsense'] }));
    expect((await bad).message).toBe('This property cannot be expanded (nonsense).');
    const deep = failure(stripe.subscriptions.list({ expand: ['data.items.data.price.product'] }));
    expect((await deep).message).toBe('You cannot expand more than 4 levels of a property.');
    const payments = await stripe.invoicePayments.list({ expand: ['data.payment.payment_intent'] });
    expect(object(payments.data[0]?.payment.payment_intent).status).toBe('succeeded');
  });

  it('finds customers by e-mail and by metadata', async () => {
    const { stripe } = bench;
    const one = await stripe.customers.create({
      email: 'a@example.com',
      metadata: { member: '1' },
    });
    await stripe.customers.create({ email: 'b@example.com', metadata: { member: '2' } });
    expect((await stripe.customers.list({ email: 'a@example.com' })).data[0]?.id).toBe(one.id);
    const found = await stripe.customers.search({
      query: `metadata['member']:'1' AND email:"a@example.com"`,
    });
    expect(found.data.map((row) => row.id)).toEqual([one.id]);
  });

  it('merges metadata, clears what is empty, and tells what changed', async () => {
    const { stripe } = bench;
    const { id } = await stripe.customers.create({ name: 'Reader', metadata: { a: '1', b: '2' } });
    const after = await stripe.customers.update(id, { name: '', metadata: { a: '', c: 3 } });
    expect(after).toMatchObject({ name: null, metadata: { b: '2', c: '3' } });
    const [event] = (await stripe.events.list({ type: 'customer.updated' })).data;
    expect(event?.data.previous_attributes).toEqual({
      name: 'Reader',
      metadata: { a: '1', c: null },
    });
    await stripe.customers.update(id, { metadata: { b: '2' } });
    expect((await stripe.events.list({ type: 'customer.updated' })).data).toHaveLength(1);
  });

  it('answers a deleted customer as deleted, its subscriptions ended', async () => {
    const { stripe } = bench;
    const price = await sell(stripe);
    const subscription = await join(bench, price.id);
    const id = idOf(subscription.customer);
    expect(await stripe.customers.del(id)).toMatchObject({ deleted: true });
    const expand = ['invoice_settings.default_payment_method'];
    expect(await stripe.customers.retrieve(id, { expand })).toMatchObject({ id, deleted: true });
    const ended = await stripe.subscriptions.retrieve(subscription.id, {
      expand: ['customer.discount.source.coupon'],
    });
    expect(ended).toMatchObject({ status: 'canceled', customer: { id, deleted: true } });
  });

  it('keeps a catalogue: lookup keys, filters, archived prices', async () => {
    const { stripe } = bench;
    const price = await sell(stripe, { lookup_key: 'gold', nickname: 'Gold monthly' });
    const product = idOf(price.product);
    expect(await failure(sell(stripe, { lookup_key: 'gold' }))).toMatchObject({
      param: 'lookup_key',
    });
    const next = await stripe.prices.create({
      product,
      currency: 'eur',
      unit_amount: 600,
      recurring: { interval: 'year', interval_count: 1 },
      lookup_key: 'gold',
      transfer_lookup_key: true,
    });
    const found = await stripe.prices.list({ lookup_keys: ['gold'], expand: ['data.product'] });
    expect(found.data.map((row) => row.id)).toEqual([next.id]);
    expect(object(found.data[0]?.product)).toMatchObject({ id: product, name: 'Gold' });
    await stripe.prices.update(next.id, { active: false });
    expect((await stripe.prices.list({ active: true, product })).data).toHaveLength(1);
    const customer = await stripe.customers.create({});
    const buy = stripe.subscriptions.create({ customer: customer.id, items: [{ price: next.id }] });
    expect((await failure(buy)).message).toContain('inactive');
    expect(await failure(stripe.products.del(product))).toMatchObject({ statusCode: 400 });
    expect((await stripe.products.list({ active: true })).data).toHaveLength(2);
  });

  it('lists events by type and by moment', async () => {
    const { sim, stripe } = bench;
    await stripe.customers.create({});
    await sim.advance(5000);
    await stripe.products.create({ name: 'Gold' });
    const later = await stripe.events.list({ created: { gt: start / 1000 } });
    expect(later.data.map((event) => event.type)).toEqual(['product.created']);
    const [first] = (await stripe.events.list({ types: ['customer.created'] })).data;
    const after = await stripe.events.list({ ending_before: first?.id });
    expect(after.data.map((event) => event.type)).toEqual(['product.created']);
  });

  it('pays an open invoice by hand', async () => {
    const { stripe } = bench;
    const price = await sell(stripe);
    const customer = await stripe.customers.create({});
    const subscription = await stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: price.id }],
      payment_behavior: 'default_incomplete',
    });
    const id = idOf(subscription.latest_invoice);
    expect(await failure(stripe.invoices.pay(id))).toMatchObject({ statusCode: 400 });
    const card = await stripe.paymentMethods.attach('pm_card_visa', { customer: customer.id });
    const paid = await stripe.invoices.pay(id, { payment_method: card.id });
    expect(paid.status).toBe('paid');
    expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe('active');
    expect(await failure(stripe.invoices.pay(id))).toMatchObject({ code: 'invoice_already_paid' });
    const lines = await stripe.invoices.listLineItems(id);
    expect(lines.data[0]?.amount).toBe(500);
  });

  it('keeps a customer’s tax ids, counts usage, and tells the balance', async () => {
    const { stripe } = bench;
    const { customer } = await join(bench, (await sell(stripe)).id);
    const id = idOf(customer);
    const vat = await stripe.customers.createTaxId(id, { type: 'eu_vat', value: 'DE123456789' });
    const whole = await stripe.customers.retrieve(id, { expand: ['tax_ids'] });
    expect('tax_ids' in whole && whole.tax_ids?.data).toMatchObject([
      { id: vat.id, country: 'DE' },
    ]);
    await stripe.customers.deleteTaxId(id, vat.id);
    expect((await stripe.customers.listTaxIds(id)).data).toEqual([]);

    const meter = await stripe.billing.meters.create({
      display_name: 'Articles read',
      event_name: 'read',
      default_aggregation: { formula: 'sum' },
    });
    const at = Math.floor(bench.sim.now() / 1000);
    for (const value of ['2', '3']) {
      const payload = { stripe_customer_id: id, value };
      await stripe.billing.meterEvents.create({ event_name: 'read', payload, timestamp: at });
    }
    const { data } = await stripe.billing.meters.listEventSummaries(meter.id, {
      customer: id,
      start_time: at - 60,
      end_time: at + 60,
    });
    expect(data).toMatchObject([{ aggregated_value: 5, meter: meter.id }]);
    await stripe.billing.meters.deactivate(meter.id);
    const late = { event_name: 'read', payload: { stripe_customer_id: id } };
    expect(await failure(stripe.billing.meterEvents.create(late))).toMatchObject({
      code: 'no_meter',
    });

    const { data: booked } = await stripe.balanceTransactions.list();
    const net = booked.reduce((sum, each) => sum + each.net, 0);
    const { available, pending } = await stripe.balance.retrieve();
    const sums = [...available, ...pending].map(({ amount }) => amount);
    expect(sums.reduce((all, amount) => all + amount, 0)).toBe(net);
    expect(net).toBeGreaterThan(0);
  });

  it('previews a credit note without making it', async () => {
    const { stripe } = bench;
    const joined = await join(bench, (await sell(stripe)).id);
    const given = { invoice: idOf(joined.latest_invoice), amount: 100, refund_amount: 100 };
    expect(await stripe.creditNotes.preview(given)).toMatchObject({ amount: 100 });
    expect((await stripe.creditNotes.list({ invoice: given.invoice })).data).toEqual([]);
    expect((await stripe.refunds.list()).data).toEqual([]);
  });

  it('refuses an amount below what a currency’s cards can pay', async () => {
    const least = (amount: number, currency: string) =>
      bench.stripe.paymentIntents.create({ amount, currency });
    expect(await failure(least(49, 'usd'))).toMatchObject({
      code: 'amount_too_small',
      message: 'Amount must be at least $0.50 usd',
    });
    expect(await failure(least(29, 'gbp'))).toMatchObject({ code: 'amount_too_small' });
    await least(50, 'usd');
    await least(50, 'jpy');
  });

  it('changes a subscription through its items', async () => {
    const { stripe } = bench;
    const price = await sell(stripe);
    const extra = await sell(stripe, { unit_amount: 100 }, 'Newsletter');
    const subscription = await join(bench, price.id);
    const added = await stripe.subscriptionItems.create({
      subscription: subscription.id,
      price: extra.id,
    });
    await stripe.subscriptionItems.update(added.id, { quantity: 4, proration_behavior: 'none' });
    const items = await stripe.subscriptionItems.list({ subscription: subscription.id });
    expect(items.data.map((item) => item.quantity)).toEqual([1, 4]);
    expect(await stripe.subscriptionItems.del(added.id)).toMatchObject({ deleted: true });
    expect((await stripe.subscriptions.retrieve(subscription.id)).items.data).toHaveLength(1);
  });
});
