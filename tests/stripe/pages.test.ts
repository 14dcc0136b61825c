import { idOf, checkout, join, openBench, periodEnd, sell, type Bench } from './testing';

async function send(url: string, fields?: Record<string, string>) {
  const response = await fetch(url, {
    redirect: 'manual',
    ...(fields ? { method: 'POST', body: new URLSearchParams(fields) } : {}),
  });
  return {
    status: response.status,
    location: response.headers.get('location'),
    body: await response.text(),
  };
}

describe('The hosted pages', () => {
  let bench: Bench;
  beforeEach(async () => (bench = await openBench()));
  afterEach(() => expect(bench.sim.violations).toEqual([]));

  async function openCheckout(name = 'Gold') {
    const price = await sell(bench.stripe, {}, name);
    const session = await checkout(bench.stripe, price.id);
    return { session, url: session.url ?? '' };
  }

  async function openPortal(card?: string) {
    const price = await sell(bench.stripe);
    const subscription = await join(bench, price.id, {}, card);
    const portal = await bench.stripe.billingPortal.sessions.create({
      customer: idOf(subscription.customer),
      return_url: 'http://localhost:1337/account',
    });
    return { subscription, url: portal.url };
  }

  it('shows what is sold, for how much, and asks for an e-mail', async () => {
    const { url } = await openCheckout();
    const page = await send(url);
    expect(page.status).toBe(200);
    expect(page.body).toContain('Simulated Stripe');
    expect(page.body).toContain('€5.00 / month until you cancel.');
    expect(page.body).toContain('<label for="email">E-mail</label>');
    expect(page.body).toContain('href="http://localhost:1337/tiers"');
  });

  it('escapes what the shop wrote', async () => {
    const { url } = await openCheckout('<script>alert("x")</script>');
    const page = await send(url);
    expect(page.body).not.toContain('<script>');
    expect(page.body).toContain('&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;');
  });

  it('pays and goes back to the shop with the session', async () => {
    const { session, url } = await openCheckout();
    const paid = await send(url, { email: 'reader@example.com', outcome: 'pay' });
    expect(paid.status).toBe(303);
    expect(paid.location).toBe(`http://localhost:1337/joined?session=${session.id}`);
    expect((await send(url)).status).toBe(410);
  });

  it('says why a card was refused, and keeps the e-mail', async () => {
    const { session, url } = await openCheckout();
    const refused = await send(url, { email: 'reader@example.com', outcome: 'decline' });
    expect(refused.status).toBe(402);
    expect(refused.body).toContain('role="alert">Your card was declined.');
    expect(refused.body).toContain('value="reader@example.com"');
    expect((await bench.stripe.checkout.sessions.retrieve(session.id)).status).toBe('open');
    const nobody = await send(url, { outcome: 'pay' });
    expect(nobody.status).toBe(400);
  });

  it('cancels at the end of the period in the portal, and takes it back', async () => {
    const { subscription, url } = await openPortal();
    const shown = await send(url);
    expect(shown.body).toContain('Renews on 28 February 2026.');
    expect(shown.body).toContain('href="http://localhost:1337/account"');

    const canceled = await send(`${url}/cancel`, {
      subscription: subscription.id,
      feedback: 'too_expensive',
      comment: 'Too much for <me>',
    });
    expect(canceled.status).toBe(303);
    const after = await bench.stripe.subscriptions.retrieve(subscription.id);
    expect(after).toMatchObject({
      status: 'active',
      cancel_at: periodEnd(subscription),
      cancel_at_period_end: false,
      cancellation_details: {
        comment: 'Too much for <me>',
        feedback: 'too_expensive',
        reason: 'cancellation_requested',
      },
    });
    expect((await send(url)).body).toContain('Ends on 28 February 2026.');

    await send(`${url}/renew`, { subscription: subscription.id });
    const kept = await bench.stripe.subscriptions.retrieve(subscription.id);
    expect(kept).toMatchObject({ cancel_at: null, canceled_at: null });
    expect(kept.cancellation_details?.feedback).toBeNull();

    await send(`${url}/cancel`, { subscription: subscription.id });
    await bench.sim.advance({ to: periodEnd(subscription) * 1000 });
    const ended = await bench.stripe.subscriptions.retrieve(subscription.id);
    expect(ended).toMatchObject({ status: 'canceled', ended_at: periodEnd(subscription) });
    expect((await send(url)).body).toContain('no current subscription');
  });

  it('changes the card of the customer and of the subscription', async () => {
    const { subscription, url } = await openPortal();
    const changed = await send(`${url}/card`, { card: 'pm_card_chargeCustomerFail' });
    expect(changed.status).toBe(303);
    const after = await bench.stripe.subscriptions.retrieve(subscription.id, {
      expand: ['default_payment_method', 'customer'],
    });
    expect(after.default_payment_method).toMatchObject({ card: { last4: '0341' } });
    const refused = await send(`${url}/card`, { card: 'pm_card_chargeDeclined' });
    expect(refused.status).toBe(402);
    expect(refused.body).toContain('Your card was declined.');
  });

  it('does not let one customer touch the subscription of another', async () => {
    const mine = await openPortal();
    const theirs = await openPortal();
    const tried = await send(`${mine.url}/cancel`, { subscription: theirs.subscription.id });
    expect(tried.status).toBe(400);
    const after = await bench.stripe.subscriptions.retrieve(theirs.subscription.id);
    expect(after.cancel_at).toBeNull();
  });

  it('shows an invoice', async () => {
    const { subscription } = await openPortal();
    const [invoice] = (await bench.stripe.invoices.list({ subscription: subscription.id })).data;
    const page = await send(invoice?.hosted_invoice_url ?? '');
    expect(page.body).toContain('1 × Gold (at €5.00 / month)');
    expect((await send(`${bench.sim.url}/i/in_none`)).status).toBe(404);
  });
});
