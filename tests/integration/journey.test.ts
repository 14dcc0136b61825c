import { startStripe, type StripeSimulator } from '../stripe';
import { bootSite, type Site } from '../support/boot';
import { UID } from '../../server/src/constants';

const START = Date.UTC(2026, 0, 15, 12);

describe('the main job', () => {
  let stripe: StripeSimulator;
  let site: Site;

  beforeAll(async () => {
    stripe = await startStripe({ now: START });
    site = await bootSite({
      now: START,
      env: {
        STRIPE_SECRET_KEY: stripe.secretKey,
        STRIPE_WEBHOOK_SECRET: 'whsec_journey',
        STRIPE_API_BASE: stripe.url,
      },
      options: { checkout: { allowedOrigins: ['https://front.example'] } },
    });
    stripe.addWebhook(`${site.url}/api/memberships/webhook`, { secret: 'whsec_journey' });
  });
  afterAll(async () => {
    await site.stop();
    await stripe.close();
  });

  it('sells a tier', async () => {
    const tier = await site.strapi
      .documents(UID.tier)
      .create({ data: { name: 'Gold', slug: 'gold', kind: 'paid', rank: 1 } });
    const price = await site.strapi.documents(UID.price).create({
      data: { tier: tier.documentId, amount: 900, currency: 'eur', interval: 'month' },
    });
    const background = site.strapi.plugin('memberships').service('background');
    await background.idle();
    const tiers = await site.http.get('/api/memberships/tiers').expect(200);
    console.log(JSON.stringify(tiers.body, null, 1));
    const reg = await site.http
      .post('/api/auth/local/register')
      .send({ username: 'reader', email: 'reader@example.com', password: 'Secret-1234' });
    expect(reg.status).toBe(200);
    const auth = { Authorization: `Bearer ${reg.body.jwt}` };
    const checkout = await site.http.post('/api/memberships/checkout').set(auth).send({
      price: price.documentId,
      successUrl: 'https://front.example/thanks?session={CHECKOUT_SESSION_ID}',
      cancelUrl: 'https://front.example/',
    });
    console.log(checkout.status, JSON.stringify(checkout.body));
    stripe.pay(checkout.body.data.sessionId);
    await stripe.idle();
    await background.idle();
    const me = await site.http.get('/api/memberships/me').set(auth);
    console.log(JSON.stringify(me.body, null, 1));
    console.log(await site.strapi.db.query('plugin::memberships.inbox').findMany({}));
    console.log(await site.strapi.db.query(UID.movement).findMany({}));
    expect(stripe.violations).toEqual([]);
  });
});
