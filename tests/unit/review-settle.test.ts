import { readPastDueSince } from '../../server/src/billing/readers/invoice';
import { entitlementOf } from '../../server/src/domain/status';

const DAY = 86_400_000;
const T0 = Date.UTC(2026, 0, 15);
const policy = { graceDays: 14, pausedReads: false };

type Debt = Parameters<typeof readPastDueSince>[0][number];

const invoice = ({ finalized = T0, ...changes }: Partial<Debt> & { finalized?: number }): Debt => ({
  status: 'open',
  attempt_count: 0,
  created: T0 / 1000,
  due_date: null,
  status_transitions: {
    finalized_at: finalized / 1000,
    marked_uncollectible_at: null,
    paid_at: null,
    voided_at: null,
  },
  ...changes,
});

describe('the grace of a past-due subscription', () => {
  it('counts from the due date where nobody is charged by itself', () => {
    const since = readPastDueSince([invoice({ due_date: (T0 + 30 * DAY) / 1000 })]);
    expect(since).toBe(T0 + 30 * DAY);
  });

  it('is not stretched by every look at it', () => {
    const facts = {
      status: 'past_due',
      pauseCollection: null,
      pastDueSince: null,
      currentPeriodStart: T0,
    };
    const first = entitlementOf(facts, policy, T0 + DAY);
    expect(entitlementOf(facts, policy, T0 + 10 * DAY)).toEqual(first);
    expect(first).toEqual({ until: T0 + 14 * DAY });
  });

  it('is not used up by what was written off long ago', () => {
    const old = invoice({
      status: 'uncollectible',
      attempt_count: 4,
      finalized: T0 - 300 * DAY,
    });
    expect(readPastDueSince([invoice({ attempt_count: 1 }), old])).toBe(T0);
    expect(readPastDueSince([old])).toBe(T0 - 300 * DAY);
  });
});
