import type Stripe from 'stripe';
import type { StripeSimulator } from '../stripe';
import type { Charge, Subscription } from '../stripe/types';
import type { Dice } from './dice';

/** What a deed needs to know. */
interface Scene {
  sim: StripeSimulator;
  stripe: Stripe;
  dice: Dice;
  prices: string[];
  coupon: string;
  subscription: Subscription;
}

interface Deed {
  name: string;
  /** A day, once it may be done. */
  probability: number;
  may(subscription: Subscription, sim: StripeSimulator): boolean;
  act(scene: Scene): Promise<unknown>;
}

const DAY_SECONDS = 86_400;

const isCurrent = ({ status }: Subscription): boolean => ['active', 'trialing'].includes(status);
const isPaused = ({ pause_collection }: Subscription): boolean => pause_collection !== null;

const chargesOf = (sim: StripeSimulator, { customer }: Subscription): Charge[] =>
  sim
    .worldFor(false)
    .tables.charges.filter((one) => one.customer === customer && one.paid && !one.disputed);

const openInvoices = (sim: StripeSimulator, { customer }: Subscription) =>
  sim
    .worldFor(false)
    .tables.invoices.filter((one) => one.customer === customer && one.status === 'open');

/** A new card, on the subscription and on the customer, as the portal puts it. */
const useCard = async ({ stripe, subscription }: Scene, card: string): Promise<void> => {
  const method = await stripe.paymentMethods.attach(card, { customer: subscription.customer });
  await stripe.subscriptions.update(subscription.id, { default_payment_method: method.id });
};

const change = ({ stripe, subscription }: Scene, update: Stripe.SubscriptionUpdateParams) =>
  stripe.subscriptions.update(subscription.id, update);

/** What members do, and what is done to them; the first that may and does happen is a day's. */
export const DEEDS: readonly Deed[] = [
  {
    name: 'change plan',
    probability: 0.012,
    may: isCurrent,
    act: (scene) =>
      change(scene, {
        items: [
          { id: scene.subscription.items.data[0]?.id ?? '', price: scene.dice.pick(scene.prices) },
        ],
      }),
  },
  {
    name: 'change quantity',
    probability: 0.003,
    may: isCurrent,
    act: (scene) =>
      change(scene, {
        items: [
          { id: scene.subscription.items.data[0]?.id ?? '', quantity: 1 + scene.dice.below(3) },
        ],
      }),
  },
  {
    name: 'get a discount for ever',
    probability: 0.003,
    may: (one) => isCurrent(one) && one.discounts.length === 0,
    act: (scene) => change(scene, { discounts: [{ coupon: scene.coupon }] }),
  },
  {
    name: 'break the card',
    probability: 0.01,
    may: isCurrent,
    act: (scene) => useCard(scene, 'pm_card_chargeCustomerFail'),
  },
  {
    name: 'recover',
    probability: 0.12,
    may: ({ status }) => status === 'past_due',
    async act(scene) {
      await useCard(scene, 'pm_card_visa');
      for (const { id } of openInvoices(scene.sim, scene.subscription)) {
        if (id) await scene.stripe.invoices.pay(id);
      }
    },
  },
  {
    name: 'pause',
    probability: 0.006,
    may: (one) => isCurrent(one) && !isPaused(one),
    act: (scene) =>
      change(scene, {
        pause_collection: { behavior: scene.dice.pick(['void', 'keep_as_draft'] as const) },
      }),
  },
  {
    name: 'resume',
    probability: 0.08,
    may: isPaused,
    act: (scene) => change(scene, { pause_collection: '' }),
  },
  {
    name: 'end the trial',
    probability: 0.03,
    may: ({ status }) => status === 'trialing',
    act: (scene) => change(scene, { trial_end: 'now' }),
  },
  {
    name: 'cancel at the end',
    probability: 0.006,
    may: (one) => isCurrent(one) && one.cancel_at === null,
    act: (scene) => change(scene, { cancel_at_period_end: true }),
  },
  {
    name: 'cancel on a day',
    probability: 0.002,
    may: (one) => isCurrent(one) && one.cancel_at === null,
    act: (scene) =>
      change(scene, { cancel_at: Math.floor(scene.sim.now() / 1000) + 10 * DAY_SECONDS }),
  },
  {
    name: 'stay after all',
    probability: 0.03,
    may: ({ cancel_at_period_end: ends }) => ends,
    act: (scene) => change(scene, { cancel_at_period_end: false }),
  },
  {
    name: 'cancel now',
    probability: 0.004,
    may: () => true,
    act: ({ stripe, subscription, dice }) =>
      stripe.subscriptions.cancel(subscription.id, {
        cancellation_details: {
          feedback: dice.pick(['too_expensive', 'unused', 'other'] as const),
          comment: 'Blown away',
        },
      }),
  },
  {
    name: 'have an invoice written off',
    probability: 0.01,
    may: (one, sim) => openInvoices(sim, one).length > 0,
    act({ sim, stripe, subscription, dice }) {
      const { id = '' } = dice.pick(openInvoices(sim, subscription));
      return dice.happens(0.5)
        ? stripe.invoices.voidInvoice(id)
        : stripe.invoices.markUncollectible(id);
    },
  },
  {
    name: 'be refunded',
    probability: 0.004,
    may: (one, sim) => chargesOf(sim, one).some(({ refunded }) => !refunded),
    act({ sim, stripe, subscription, dice }) {
      const charge = dice.pick(chargesOf(sim, subscription).filter(({ refunded }) => !refunded));
      const left = charge.amount - charge.amount_refunded;
      const amount = dice.happens(0.5) ? left : Math.max(1, Math.floor(left / 3));
      return stripe.refunds.create({ charge: charge.id, amount });
    },
  },
  {
    name: 'dispute',
    probability: 0.002,
    may: (one, sim) => chargesOf(sim, one).some(({ refunded }) => !refunded),
    act({ sim, subscription, dice }) {
      const charges = chargesOf(sim, subscription).filter(({ refunded }) => !refunded);
      sim.bank.openDispute(dice.pick(charges).id);
      return Promise.resolve();
    },
  },
];
