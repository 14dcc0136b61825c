import type { SubscriptionFacts } from '../../server/src/domain/facts';
import { withheldOf } from '../../server/src/domain/status';
import {
  hadSubscription,
  isTrialEnding,
  isTrialUsed,
  repeatsTrial,
} from '../../server/src/domain/trials';

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 0, 15, 12);

type Trial = Pick<SubscriptionFacts, 'stripeId' | 'status' | 'items' | 'trialStart' | 'paid'>;

const ITEM = {
  stripeId: 'si_1',
  price: 'price_1',
  tier: 'gold',
  quantity: 1,
  amount: 900,
  interval: 'month',
  intervalCount: 1,
  currentPeriodEnd: null,
  mrr: 0,
};

/** A trial that began some milliseconds from now. */
const trial = (stripeId: string, begun: number | null, changes: Partial<Trial> = {}): Trial => ({
  stripeId,
  status: 'trialing',
  items: [ITEM],
  trialStart: begun === null ? null : NOW + begun,
  paid: false,
  ...changes,
});

const foreign = { items: [{ ...ITEM, tier: null }] };

describe('one trial per person', () => {
  it.each<[string, Trial[], string[]]>([
    ['one alone is the first', [trial('a', 0)], []],
    ['the later of two', [trial('a', 0), trial('b', 1000)], ['b']],
    ['whichever is heard of first', [trial('b', 1000), trial('a', 0)], ['b']],
    ['of three, all but the first', [trial('c', 5), trial('b', 9), trial('a', 7)], ['b', 'a']],
    [
      'begun in the same second: the smaller id is the first',
      [trial('b', 0), trial('a', 0)],
      ['b'],
    ],
    [
      'one that was cancelled the same minute was one',
      [trial('a', -60_000, { status: 'canceled' }), trial('b', 0)],
      ['b'],
    ],
    [
      'one that was paid later was one',
      [trial('a', -90 * DAY, { status: 'active', paid: true }), trial('b', 0)],
      ['b'],
    ],
    [
      'one that never came to be was none',
      [trial('a', -DAY, { status: 'incomplete_expired' }), trial('b', 0)],
      [],
    ],
    ['another site’s was none of ours', [trial('a', -DAY, foreign), trial('b', 0)], []],
    ['another site’s is not judged by ours', [trial('a', -DAY), trial('b', 0, foreign)], []],
    ['after a subscription without a trial', [trial('a', null), trial('b', 0)], []],
    ['a subscription without one, after it', [trial('a', -DAY), trial('b', null)], []],
  ])('%s', (_, all, expected) => {
    expect(all.filter((one) => repeatsTrial(one, all)).map(({ stripeId }) => stripeId)).toEqual(
      expected
    );
  });

  it.each([
    ['gives nothing', { paid: false }, true],
    ['gives what was paid for', { paid: true }, false],
    ['gives nothing while its first payment fails', { status: 'past_due', paid: false }, true],
  ])('a second one %s', (_, changes, used) => {
    const all = [trial('a', -DAY), trial('b', 0, changes)];
    expect(all.map((one) => isTrialUsed(one, all))).toEqual([false, used]);
  });

  it.each<[string, Trial[], boolean]>([
    ['nobody', [], false],
    ['a member of old', [trial('a', null, { status: 'canceled' })], true],
    [
      'who never paid the first invoice',
      [trial('a', null, { status: 'incomplete_expired' })],
      false,
    ],
    ['a customer of another site', [trial('a', -DAY, foreign)], false],
  ])('%s had a subscription: %s', (_, all, had) => {
    expect(hadSubscription(all)).toBe(had);
  });
});

describe('a trial is ending', () => {
  it.each<[string, string, number | null, boolean]>([
    ['three days before', 'trialing', 3 * DAY, true],
    ['by a clock that is a little behind', 'trialing', 3 * DAY + 5000, true],
    ['not four days before', 'trialing', 4 * DAY, false],
    ['not once it has ended', 'trialing', 0, false],
    ['not when it was cut short', 'active', 0, false],
    ['not of what has no trial', 'active', null, false],
    ['not of what was cancelled', 'canceled', DAY, false],
  ])('%s', (_, status, left, expected) => {
    const trialEnd = left === null ? null : NOW + left;
    expect(isTrialEnding({ status, trialEnd }, NOW)).toBe(expected);
  });
});

describe('why a subscription gives nothing', () => {
  const policy = { graceDays: 14, pausedReads: false };
  const paused = { behavior: 'void', resumesAt: null };
  const late = NOW - 15 * DAY;

  it.each([
    [{}, null],
    [{ status: 'trialing' }, null],
    [{ status: 'past_due', pastDueSince: NOW - DAY }, null],
    [{ status: 'past_due', pastDueSince: late }, 'past-due'],
    [{ pauseCollection: paused }, 'paused'],
    [{ status: 'paused' }, 'paused'],
    [{ status: 'unpaid' }, 'unpaid'],
    [{ status: 'incomplete' }, 'incomplete'],
    [{ status: 'incomplete_expired' }, 'ended'],
    [{ status: 'canceled', pauseCollection: paused }, 'ended'],
    [{ status: 'mislaid' }, 'unknown'],
  ])('%j: %s', (changes, expected) => {
    const facts = {
      status: 'active',
      pauseCollection: null,
      pastDueSince: null,
      currentPeriodStart: null,
      ...changes,
    };
    expect(withheldOf(facts, policy, NOW, false)).toBe(expected);
    const used = ['active', 'trialing', 'past_due'].includes(facts.status);
    expect(withheldOf(facts, policy, NOW, true)).toBe(used ? 'trial-used' : expected);
  });
});
