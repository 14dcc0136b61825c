import type { Subscription } from '../../stripe/types';
import { change, DAY_SECONDS, isCurrent, type Deed } from './deed';

const isPaused = ({ pause_collection }: Subscription): boolean => pause_collection !== null;

const stays = (one: Subscription): boolean =>
  isCurrent(one) && one.cancel_at === null && one.schedule === null;

export const LIFE: readonly Deed[] = [
  {
    name: 'pause',
    probability: 0.006,
    may: (one) => isCurrent(one) && !isPaused(one),
    act: (scene) =>
      change(scene, {
        pause_collection: {
          behavior: scene.dice.pick(['void', 'keep_as_draft'] as const),
          ...(scene.dice.happens(0.3) && {
            resumes_at: Math.floor(scene.sim.now() / 1000) + 20 * DAY_SECONDS,
          }),
        },
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
    may: stays,
    act: (scene) => change(scene, { cancel_at_period_end: true }),
  },
  {
    name: 'cancel on a day',
    probability: 0.002,
    may: stays,
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
    name: 'change the name',
    probability: 0.004,
    may: () => true,
    act: ({ stripe, subscription, dice }) =>
      stripe.customers.update(subscription.customer, { name: `Renamed ${dice.below(1_000_000)}` }),
  },
];
