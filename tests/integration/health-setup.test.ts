import { getService } from '../../server/src/get-service';
import { startStripe, stripeClient, type StripeSimulator } from '../stripe';
import { openShop, START } from '../support/shop';

/** What the Health page says of a site that is not wholly set up. */
const HOME = 'https://shop.example';

let stripe: StripeSimulator;

beforeAll(async () => {
  stripe = await startStripe({ now: START });
  stripe.addWebhook(`${HOME}/api/memberships/webhook`);
  // Nobody is there.
  stripe.faults.set({ seed: 1, delivery: [{ kind: 'drop' }] });
});
afterAll(() => stripe.close());

test.each([
  ['no address', {}, 'url-missing'],
  ['a local address', { PUBLIC_URL: 'http://localhost:1337' }, 'url-local'],
  ['a private address', { PUBLIC_URL: 'http://192.168.1.5' }, 'url-local'],
  ['no secret', { PUBLIC_URL: HOME, STRIPE_WEBHOOK_SECRET: undefined }, 'secret-missing'],
  ['no key', { PUBLIC_URL: HOME, STRIPE_SECRET_KEY: undefined }, 'key-missing'],
  [
    'a live key and no https',
    { PUBLIC_URL: 'http://shop.example', STRIPE_SECRET_KEY: 'sk_live_simulator_0123456789' },
    'url-insecure',
  ],
])('%s is said', async (_what, env, code) => {
  const shop = await openShop({ simulator: stripe, webhook: false, env });
  const { health, endpoint } = getService(shop.strapi, 'billing');
  const { warnings } = (await health.look()).endpoint;
  expect(warnings.map((warning) => warning.code)).toContain(code);
  if (code === 'url-missing') {
    await expect(endpoint.repair()).rejects.toMatchObject({
      status: 400,
      details: { field: 'server.url' },
    });
  }
  if (code === 'secret-missing') {
    // Stripe tells no secret twice: one that nobody knows is of no use.
    expect(await endpoint.repair()).toMatchObject({
      action: 'replaced',
      secret: expect.any(String),
    });
    expect((await stripeClient(stripe).webhookEndpoints.list()).data).toHaveLength(1);
  }
  await shop.stop();
});
