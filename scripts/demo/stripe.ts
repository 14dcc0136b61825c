import { addDays, addMonths } from 'date-fns';
import Stripe from 'stripe';
import { startStripe, stripeClient } from '../../tests/stripe';
import { keepStripeState } from './stripe-state';
import type { Desk, SiteOptions } from './site';

/** Stripe as the demo uses it: the simulator, or the real one in test mode. */
export interface DemoStripe {
  /** null for real Stripe. */
  simulator: string | null;
  settings: SiteOptions['stripe'];
  account: string;
  desk: Pick<Desk, 'now' | 'advance'>;
  close(): Promise<void>;
}

interface SimulatorOptions {
  siteUrl: string;
  /** Where the simulator's state is kept; absent, it is forgotten. */
  stateFile?: string;
  /** Whether every answer is checked against the library's own types; slow to start. */
  validate?: boolean;
}

export const startSimulator = async ({
  siteUrl,
  stateFile,
  validate = false,
}: SimulatorOptions): Promise<DemoStripe> => {
  const simulator = await startStripe({
    validate,
    account: { email: 'owner@tideline.example', country: 'FR', default_currency: 'eur' },
    retryDelays: [200, 1000, 5000],
  });
  const state = stateFile ? await keepStripeState(simulator, stateFile) : null;
  const { secret } = simulator.addWebhook(`${siteUrl}/api/memberships/webhook`);
  const { id: account } = await stripeClient(simulator).accounts.retrieveCurrent();
  return {
    simulator: simulator.url,
    settings: {
      secretKey: simulator.secretKey,
      webhookSecret: secret,
      apiBase: simulator.url,
    },
    account,
    desk: {
      now: () => simulator.now(),
      async advance({ days, months }) {
        const to = addDays(addMonths(simulator.now(), months), days).getTime();
        await simulator.advance({ to }, { settle: true });
        state?.save();
      },
    },
    async close() {
      state?.save();
      await simulator.close();
    },
  };
};

/** The owner's own account in test mode. A live key would sell for real money: refused. */
export const connectRealStripe = async (secretKey: string): Promise<DemoStripe> => {
  if (!/^(sk|rk)_test_/.test(secretKey)) {
    throw new Error(
      'STRIPE_SECRET_KEY is not a test-mode key (sk_test_…); the demo takes no other.'
    );
  }
  const { id: account } = await new Stripe(secretKey).accounts.retrieveCurrent();
  return {
    simulator: null,
    settings: { secretKey, webhookSecret: process.env.STRIPE_WEBHOOK_SECRET },
    account,
    desk: { now: () => Date.now() },
    close: () => Promise.resolve(),
  };
};
