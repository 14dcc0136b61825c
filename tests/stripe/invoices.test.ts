import { day, failure, idOf, join, object, openBench, sell } from './testing';

describe('A preview', () => {
  it('says what a change will cost, and leaves no trace', async () => {
    const { sim, stripe } = await openBench();
    const gold = await sell(stripe, { unit_amount: 1000 });
    const best = await sell(stripe, { unit_amount: 3000 }, 'Best');
    const subscription = await join({ sim, stripe }, gold.id);
    const events = sim.events().length;
    const [item] = subscription.items.data;
    const items = [{ id: item?.id ?? '', price: best.id }];
    await sim.advance(10 * day);
    const preview = await stripe.invoices.createPreview({
      subscription: subscription.id,
      subscription_details: { items, proration_behavior: 'always_invoice' },
    });
    expect(preview.id).toMatch(/^upcoming_in_/);
    const next = await stripe.invoices.createPreview({ subscription: subscription.id });
    expect(next).toMatchObject({ amount_due: 1000, billing_reason: 'upcoming', status: 'draft' });
    expect((await stripe.invoices.list()).data).toHaveLength(1);
    expect(
      sim
        .events()
        .slice(events)
        .map((event) => event.type)
    ).toEqual([]);
    const changed = await stripe.subscriptions.update(subscription.id, {
      items,
      proration_behavior: 'always_invoice',
      expand: ['latest_invoice'],
    });
    expect(object(changed.latest_invoice).amount_due).toBe(preview.amount_due);
    expect(sim.violations).toEqual([]);
  });

  it('of a subscription that does not exist yet', async () => {
    const { stripe } = await openBench();
    const gold = await sell(stripe, { unit_amount: 1000 });
    const customer = await stripe.customers.create({});
    const preview = await stripe.invoices.createPreview({
      customer: customer.id,
      subscription_details: { items: [{ price: gold.id, quantity: 3 }] },
    });
    expect(preview.total).toBe(3000);
    expect((await stripe.subscriptions.list({ status: 'all' })).data).toEqual([]);
  });
});

describe('A one-off invoice', () => {
  const customerWithCard = async (stripe: Awaited<ReturnType<typeof openBench>>['stripe']) => {
    const customer = await stripe.customers.create({ payment_method: 'pm_card_visa' });
    const [card] = (await stripe.customers.listPaymentMethods(customer.id)).data;
    await stripe.customers.update(customer.id, {
      invoice_settings: { default_payment_method: card?.id ?? '' },
    });
    return customer.id;
  };

  it('takes items, is finalised and paid', async () => {
    const { sim, stripe, hook } = await openBench();
    const customer = await customerWithCard(stripe);
    const invoice = await stripe.invoices.create({ customer, currency: 'eur' });
    await stripe.invoiceItems.create({
      customer,
      invoice: invoice.id,
      amount: 700,
      currency: 'eur',
    });
    const price = await sell(stripe, { unit_amount: 250, recurring: undefined });
    const item = await stripe.invoiceItems.create({
      customer,
      invoice: invoice.id,
      pricing: { price: price.id },
      quantity: 2,
    });
    expect((await stripe.invoices.retrieve(invoice.id)).total).toBe(1200);
    await stripe.invoiceItems.del(item.id);
    const paid = await stripe.invoices.pay(invoice.id);
    expect(paid).toMatchObject({ status: 'paid', amount_paid: 700, billing_reason: 'manual' });
    const { data } = await stripe.invoicePayments.list({ invoice: invoice.id });
    expect(data[0]).toMatchObject({ status: 'paid', amount_paid: 700 });
    await sim.idle();
    expect(hook.types()).toContain('invoice_payment.paid');
    expect(sim.violations).toEqual([]);
  });

  it('is sent, is overdue, and is paid out of band', async () => {
    const { sim, stripe, hook } = await openBench();
    const customer = await stripe.customers.create({ email: 'bo@example.com' });
    await stripe.invoiceItems.create({ customer: customer.id, amount: 700, currency: 'eur' });
    const invoice = await stripe.invoices.create({
      customer: customer.id,
      currency: 'eur',
      collection_method: 'send_invoice',
      days_until_due: 7,
      pending_invoice_items_behavior: 'include',
    });
    await stripe.invoices.sendInvoice(invoice.id);
    await sim.advance(8 * day);
    const paid = await stripe.invoices.pay(invoice.id, { paid_out_of_band: true });
    expect(paid.status).toBe('paid');
    await sim.idle();
    const told = hook.types().filter((type) => /^invoice\.(sent|overdue|paid)$/.test(type));
    expect(told).toEqual(['invoice.sent', 'invoice.overdue', 'invoice.paid']);
    expect((await stripe.charges.list()).data).toEqual([]);
  });

  it('is voided, written off or thrown away', async () => {
    const { stripe } = await openBench();
    const customer = await customerWithCard(stripe);
    const draft = async () => {
      await stripe.invoiceItems.create({ customer, amount: 700, currency: 'eur' });
      return stripe.invoices.create({
        customer,
        currency: 'eur',
        pending_invoice_items_behavior: 'include',
      });
    };
    const voided = await stripe.invoices.finalizeInvoice((await draft()).id);
    expect((await stripe.invoices.voidInvoice(voided.id)).status).toBe('void');
    const bad = await stripe.invoices.finalizeInvoice((await draft()).id);
    expect((await stripe.invoices.markUncollectible(bad.id)).status).toBe('uncollectible');
    const gone = await draft();
    expect((await stripe.invoices.del(gone.id)).deleted).toBe(true);
    expect((await failure(stripe.invoices.retrieve(gone.id))).code).toBe('resource_missing');
  });
});

describe('A subscription whose invoices are sent', () => {
  it('is active, and past due when one is overdue', async () => {
    const { sim, stripe } = await openBench();
    const gold = await sell(stripe);
    const customer = await stripe.customers.create({ email: 'bo@example.com' });
    const made = await stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: gold.id }],
      collection_method: 'send_invoice',
      days_until_due: 5,
    });
    expect(made.status).toBe('active');
    await sim.advance(6 * day);
    expect((await stripe.subscriptions.retrieve(made.id)).status).toBe('past_due');
    await stripe.invoices.pay(idOf(made.latest_invoice), { paid_out_of_band: true });
    expect((await stripe.subscriptions.retrieve(made.id)).status).toBe('active');
    expect(sim.violations).toEqual([]);
  });
});
