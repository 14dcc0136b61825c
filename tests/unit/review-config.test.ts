import { inspect } from 'node:util';
import { resolveConfig } from '../../server/src/config';

const KEY = 'sk_live_Secret0123456789';
const HOOK = 'whsec_Secret0123456789';

const failure = (options: unknown, env: Record<string, string> = {}): Error => {
  try {
    resolveConfig(options, env);
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error('it booted');
};

describe('a wrong option', () => {
  it.each([
    ['a secret without its list', { stripe: { webhookSecrets: HOOK } }, 'stripe.webhookSecrets'],
    ['a list instead of the key', { stripe: { secretKey: [KEY] } }, 'stripe.secretKey'],
    ['a list in the list', { stripe: { webhookSecrets: [[HOOK]] } }, 'stripe.webhookSecrets[0]'],
    ['keys that are no object', { stripe: KEY }, 'stripe'],
    ['another option beside the key', { stripe: { secretKey: KEY }, acess: {} }, 'acess'],
  ])('is named, and no secret is told: %s', (_, options, name) => {
    const error = failure(options);
    expect(error.message).toContain(name);
    // As a log prints it: with its cause and everything hung on to it.
    const printed = inspect(error, { depth: 10 });
    expect(printed).not.toContain(KEY);
    expect(printed).not.toContain(HOOK);
  });

  it('from the environment is no other', () => {
    const printed = inspect(
      failure({}, { STRIPE_SECRET_KEY: KEY, STRIPE_WEBHOOK_SECRET: 'secret' })
    );
    expect(printed).toContain('stripe.webhookSecrets[0]');
    expect(printed).not.toContain(KEY);
  });

  it('a base for Stripe with a path is refused: the library would drop the path', () => {
    expect(failure({ stripe: { apiBase: 'https://proxy.example/stripe' } }).message).toContain(
      'stripe.apiBase'
    );
  });
});
