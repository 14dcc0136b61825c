import type { Price, Subscription } from '../../stripe/types';
import { change, isCurrent, isFree, useCard, type Deed, type Scene } from './deed';

const isAlone = ({ items }: Subscription): boolean => items.data.length === 1;

const priceOf = ({ sim }: Scene, id: string): Price | undefined =>
  sim.worldFor(false).tables.prices.get(id);

const rhythm = (price: Price | undefined): string =>
  `${price?.recurring?.interval_count} ${price?.recurring?.interval}`;

/** What is sold in the rhythm of a subscription, and is not on it. */
const besides = (scene: Scene): string[] => {
  const items = scene.subscription.items.data;
  const own = items.map(({ price }) => price.id);
  return scene.prices.filter(
    (id) => !own.includes(id) && rhythm(priceOf(scene, id)) === rhythm(items[0]?.price)
  );
};

const anItem = ({ dice, subscription }: Scene): string => dice.pick(subscription.items.data).id;

/** From the end of the period on another plan, as a portal plans a downgrade. */
const planDowngrade = async ({ stripe, dice, prices, subscription }: Scene): Promise<void> => {
  const made = await stripe.subscriptionSchedules.create({ from_subscription: subscription.id });
  const [phase] = made.phases;
  if (!phase) throw new Error('A schedule without a phase');
  const items = subscription.items.data.map(({ price, quantity }) => ({
    price: price.id,
    quantity,
  }));
  const { start_date, end_date } = phase;
  await stripe.subscriptionSchedules.update(made.id, {
    end_behavior: dice.happens(0.2) ? 'cancel' : 'release',
    phases: [
      { items, start_date, end_date },
      { items: [{ price: dice.pick(prices), quantity: 1 + dice.below(2) }] },
    ],
  });
};

/** What becomes of what was planned. */
const scheduled = ({ schedule }: Subscription): string =>
  typeof schedule === 'string' ? schedule : '';

export const PLANS: readonly Deed[] = [
  {
    name: 'change plan',
    probability: 0.012,
    may: isFree,
    act: (scene) =>
      change(scene, { items: [{ id: anItem(scene), price: scene.dice.pick(scene.prices) }] }),
  },
  {
    name: 'change quantity',
    probability: 0.005,
    may: isFree,
    act: (scene) =>
      change(scene, { items: [{ id: anItem(scene), quantity: 1 + scene.dice.below(3) }] }),
  },
  {
    name: 'add an item',
    probability: 0.006,
    may: (one) => isFree(one) && isAlone(one),
    act: async (scene) => {
      const choices = besides(scene);
      if (choices.length === 0) return;
      await change(scene, { items: [{ price: scene.dice.pick(choices), quantity: 2 }] });
    },
  },
  {
    name: 'take an item out',
    probability: 0.02,
    may: (one) => isFree(one) && !isAlone(one),
    act: (scene) => change(scene, { items: [{ id: anItem(scene), deleted: true }] }),
  },
  {
    name: 'plan a downgrade',
    probability: 0.006,
    may: (one) => isFree(one) && one.status === 'active' && one.cancel_at === null,
    act: planDowngrade,
  },
  {
    name: 'drop the downgrade',
    probability: 0.02,
    may: (one) => isCurrent(one) && scheduled(one) !== '',
    act: ({ stripe, subscription }) =>
      stripe.subscriptionSchedules.release(scheduled(subscription)),
  },
  {
    name: 'upgrade once it is paid',
    probability: 0.005,
    may: (one) => isFree(one) && one.status === 'active' && isAlone(one),
    async act(scene) {
      const choices = besides(scene);
      if (choices.length === 0) return;
      // Half of them have to confirm it with their bank, and have a day for that.
      if (scene.dice.happens(0.5)) await useCard(scene, 'pm_card_authenticationRequired');
      await change(scene, {
        items: [{ id: anItem(scene), price: scene.dice.pick(choices) }],
        payment_behavior: 'pending_if_incomplete',
        proration_behavior: 'always_invoice',
      });
    },
  },
  {
    name: 'get a discount for ever',
    probability: 0.003,
    may: (one) => isCurrent(one) && one.discounts.length === 0,
    act: (scene) => change(scene, { discounts: [{ coupon: scene.coupon }] }),
  },
];
