import type Stripe from 'stripe';
import type { Dice } from '../dice';
import type { StripeSimulator } from '../../stripe';

/** Somebody whom the desk knows, and who pays for nothing now. */
interface Leaver {
  sim: StripeSimulator;
  stripe: Stripe;
  dice: Dice;
  prices: string[];
  customer: string;
}

/** Two ways back that go through no checkout of the site. */
export const RETURNS = {
  /** The desk gives another trial, to whom had one or not. */
  async 'be given a trial'({ stripe, dice, prices, customer }: Leaver): Promise<void> {
    const { id } = await stripe.paymentMethods.attach('pm_card_visa', { customer });
    await stripe.subscriptions.create({
      customer,
      items: [{ price: dice.pick(prices) }],
      trial_period_days: 10,
      default_payment_method: id,
    });
  },

  /** A first payment that its holder has to confirm: at once, or never. */
  async 'be asked by the bank'({ sim, stripe, dice, prices, customer }: Leaver): Promise<void> {
    const card = 'pm_card_authenticationRequired';
    const { id } = await stripe.paymentMethods.attach(card, { customer });
    const { latest_invoice: invoice } = await stripe.subscriptions.create({
      customer,
      items: [{ price: dice.pick(prices) }],
      payment_behavior: 'default_incomplete',
      default_payment_method: id,
      expand: ['latest_invoice.payments'],
    });
    const payments = typeof invoice === 'object' ? invoice?.payments?.data : undefined;
    const intent = payments?.[0]?.payment.payment_intent;
    const asked = sim
      .worldFor(false)
      .tables.paymentIntents.get(typeof intent === 'string' ? intent : '');
    if (!asked || !dice.happens(0.6)) return;
    if (asked.status !== 'requires_action') {
      await stripe.paymentIntents.confirm(asked.id, { payment_method: id });
    }
    sim.authenticate(asked.id, dice.happens(0.8));
  },
} as const;
