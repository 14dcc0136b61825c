import fc from 'fast-check';
import type { Known, SubscriptionFacts } from '../../server/src/domain/facts';
import { isActive } from '../../server/src/domain/access';
import { ledgerOf, movementsOf, type Ledger } from '../../server/src/domain/movements';
import { settle } from '../../server/src/domain/settle';
import { entitlementOf, isLive, isOver } from '../../server/src/domain/status';
import { DAY, item, NOBODY, NOW, payment, POLICY, subscription, written } from './settling';

const tiersAt = (known: Known, at: number): string[] =>
  [...new Set(known.grants.filter((grant) => isActive(grant, at)).map(({ tier }) => tier))].sort();

/** Settles one subscription after the other. */
const after = (...steps: [SubscriptionFacts, number][]): Known =>
  steps.reduce(
    (known, [facts, at]) => written(known, settle(known, { subscriptions: [facts] }, POLICY, at)),
    NOBODY
  );

describe('what a status means', () => {
  const input = { pauseCollection: null, pastDueSince: null, currentPeriodStart: null };

  it.each([
    ['active', true, true, false],
    ['trialing', true, true, false],
    ['past_due', true, true, false],
    ['incomplete', false, false, false],
    ['incomplete_expired', false, false, true],
    ['unpaid', false, true, false],
    ['paused', false, true, false],
    ['canceled', false, false, true],
    ['what comes next', false, false, false],
    ['', false, false, false],
  ])('%s: access %s, live %s, over %s', (status, access, live, over) => {
    expect(entitlementOf({ ...input, status }, POLICY, NOW) !== null).toBe(access);
    expect(isLive(status)).toBe(live);
    expect(isOver(status)).toBe(over);
  });

  it('ends the grace where it began to count, not where it was last looked at', () => {
    const late = { ...input, status: 'past_due', pastDueSince: NOW - 10 * DAY };
    expect(entitlementOf(late, POLICY, NOW)).toEqual({ until: NOW + 4 * DAY });
    expect(entitlementOf(late, { ...POLICY, graceDays: 0 }, NOW)).toEqual({
      until: NOW - 10 * DAY,
    });
  });

  it('does not extend the grace with every look when no open invoice tells since when', () => {
    const late = { ...input, status: 'past_due', currentPeriodStart: NOW - 3 * DAY };
    const first = entitlementOf(late, POLICY, NOW);
    expect(first).toEqual({ until: NOW + 11 * DAY });
    expect(entitlementOf(late, POLICY, NOW + 5 * DAY)).toEqual(first);
  });

  it('pauses by the setting', () => {
    const paused = {
      ...input,
      status: 'active',
      pauseCollection: { behavior: 'void', resumesAt: null },
    };
    expect(entitlementOf(paused, POLICY, NOW)).toBeNull();
    expect(entitlementOf(paused, { ...POLICY, pausedReads: true }, NOW)).toEqual({ until: null });
  });
});

describe('settling a subscription', () => {
  it('grants, counts and announces a new one', () => {
    const change = { subscriptions: [subscription()], payments: [payment()] };
    expect(settle(NOBODY, change, POLICY, NOW)).toMatchObject({
      grants: {
        create: [
          {
            tier: 'gold',
            source: 'subscription',
            subscription: 'sub_1',
            startsAt: NOW,
            endsAt: null,
          },
        ],
        update: [],
        give: [],
      },
      movements: [
        {
          kind: 'new',
          number: 1,
          tier: 'gold',
          currency: 'eur',
          mrrChange: 900_000,
          memberChange: 1,
          occurredAt: NOW,
          reason: null,
          subscription: 'sub_1',
        },
      ],
      announcements: [
        { name: 'subscription.created', stripeId: 'sub_1' },
        { name: 'payment.succeeded', stripeId: 'in_1' },
        { name: 'membership.granted', tiers: ['gold'] },
      ],
    });
  });

  it.each([
    'active',
    'trialing',
    'past_due',
    'canceled',
    'unpaid',
    'paused',
    'incomplete',
    'unheard of',
  ])('writes nothing new when it is settled again: %s', (status) => {
    const facts = subscription({
      status,
      items: [item({ mrr: ['active', 'past_due'].includes(status) ? 900_000 : 0 })],
      endedAt: status === 'canceled' ? NOW : null,
    });
    const change = { subscriptions: [facts], payments: [payment()] };
    const known = written(NOBODY, settle(NOBODY, change, POLICY, NOW));
    for (const later of [0, 1, DAY, 20 * DAY]) {
      const again = settle(known, change, POLICY, NOW + later);
      expect([again.grants.create, again.grants.update, again.movements]).toEqual([[], [], []]);
      expect(again.announcements).toEqual([]);
    }
  });

  it('grants nothing for a price nobody sells, and records it', () => {
    const facts = subscription({ items: [item({ tier: null, mrr: 0 })] });
    const { grants, movements, subscriptions } = settle(
      NOBODY,
      { subscriptions: [facts] },
      POLICY,
      NOW
    );
    expect([grants.create, movements]).toEqual([[], []]);
    expect(subscriptions).toEqual([facts]);
  });

  it('grants nothing for a status nobody knows, and does not fail', () => {
    const facts = subscription({ status: 'enchanted', items: [item({ mrr: 0 })] });
    expect(settle(NOBODY, { subscriptions: [facts] }, POLICY, NOW).grants.create).toEqual([]);
  });

  it('ends the grant when Stripe ended it, however late we hear of it', () => {
    const ended = subscription({
      status: 'canceled',
      endedAt: NOW + 5 * DAY,
      items: [item({ mrr: 0 })],
      cancellation: {
        reason: 'cancellation_requested',
        feedback: 'unused',
        comment: null,
      },
    });
    const known = after([subscription(), NOW]);
    const settlement = settle(known, { subscriptions: [ended] }, POLICY, NOW + 9 * DAY);
    expect(settlement.grants.update).toEqual([{ id: 1, endsAt: NOW + 5 * DAY }]);
    expect(settlement.movements).toMatchObject([
      {
        kind: 'churn',
        reason: 'unused',
        memberChange: -1,
        mrrChange: -900_000,
        occurredAt: NOW + 5 * DAY,
        number: 2,
      },
    ]);
    expect(settlement.announcements).toEqual([
      { name: 'subscription.canceled', stripeId: 'sub_1' },
      { name: 'membership.revoked', tiers: ['gold'] },
    ]);
  });

  it.each([
    [{ reason: 'payment_failed', feedback: null, comment: null }, 'payment_failed'],
    [{ reason: null, feedback: null, comment: 'so long' }, 'unknown'],
  ])('says why: %j', (cancellation, reason) => {
    const ended = subscription({
      status: 'canceled',
      endedAt: NOW,
      items: [item({ mrr: 0 })],
      cancellation,
    });
    const settlement = settle(
      after([subscription(), NOW]),
      { subscriptions: [ended] },
      POLICY,
      NOW
    );
    expect(settlement.movements[0]?.reason).toBe(reason);
  });

  it('lets grace run out and gives access back with the payment, one grant where none ended', () => {
    const late = subscription({ status: 'past_due', pastDueSince: NOW + 31 * DAY });
    const inGrace = after([subscription(), NOW], [late, NOW + 31 * DAY]);
    expect(tiersAt(inGrace, NOW + 45 * DAY - 1)).toEqual(['gold']);
    expect(tiersAt(inGrace, NOW + 45 * DAY)).toEqual([]);

    const paid = settle(inGrace, { subscriptions: [subscription()] }, POLICY, NOW + 40 * DAY);
    expect(paid.grants).toMatchObject({ create: [], update: [{ id: 1, endsAt: null }] });

    const tooLate = settle(inGrace, { subscriptions: [subscription()] }, POLICY, NOW + 50 * DAY);
    expect(tooLate.grants).toMatchObject({
      create: [{ startsAt: NOW + 50 * DAY, endsAt: null }],
      update: [],
    });
  });

  it('gives nothing to one whose grace was over before it was heard of', () => {
    const late = subscription({ status: 'past_due', pastDueSince: NOW - 20 * DAY });
    expect(settle(NOBODY, { subscriptions: [late] }, POLICY, NOW).grants.create).toEqual([]);
  });

  it("never touches what another of the member's subscriptions gives", () => {
    const other = subscription({ stripeId: 'sub_2', items: [item({ stripeId: 'si_2' })] });
    const both = after([subscription(), NOW], [other, NOW]);
    const ended = subscription({
      stripeId: 'sub_2',
      status: 'canceled',
      endedAt: NOW + DAY,
      items: [item({ stripeId: 'si_2', mrr: 0 })],
    });
    const settlement = settle(both, { subscriptions: [ended] }, POLICY, NOW + DAY);
    expect(settlement.grants.update).toHaveLength(1);
    expect(tiersAt(written(both, settlement), NOW + DAY)).toEqual(['gold']);
    // Still a member: less revenue, nobody left.
    expect(settlement.movements).toMatchObject([{ kind: 'contraction', memberChange: 0 }]);
    expect(settlement.announcements).not.toContainEqual(
      expect.objectContaining({ name: 'membership.revoked' })
    );
  });

  it('moves to another tier in two legs, and from one grant to another', () => {
    const silver = subscription({
      items: [item({ price: 'price_silver', tier: 'silver', amount: 500, mrr: 500_000 })],
    });
    const known = after([silver, NOW]);
    const settlement = settle(known, { subscriptions: [subscription()] }, POLICY, NOW + DAY);
    expect(settlement.movements).toMatchObject([
      { kind: 'expansion', tier: 'gold', mrrChange: 900_000, memberChange: 0, number: 2 },
      { kind: 'expansion', tier: 'silver', mrrChange: -500_000, memberChange: 0, number: 3 },
    ]);
    expect(tiersAt(written(known, settlement), NOW + DAY)).toEqual(['gold']);
  });

  it('dates a conversion by the end of the trial, and a return by its day', () => {
    const trial = subscription({
      status: 'trialing',
      trialStart: NOW,
      trialEnd: NOW + 14 * DAY,
      items: [item({ mrr: 0 })],
    });
    const paying = subscription({ trialStart: NOW, trialEnd: NOW + 14 * DAY });
    const trying = after([trial, NOW]);
    expect(trying.movements).toBe(0);
    expect(tiersAt(trying, NOW)).toEqual(['gold']);
    expect(
      settle(trying, { subscriptions: [paying] }, POLICY, NOW + 16 * DAY).movements
    ).toMatchObject([{ kind: 'new', occurredAt: NOW + 14 * DAY }]);

    const gone = subscription({
      status: 'canceled',
      endedAt: NOW + DAY,
      items: [item({ mrr: 0 })],
    });
    const left = after([subscription(), NOW], [gone, NOW + DAY]);
    const back = subscription({ stripeId: 'sub_2', startDate: NOW + 9 * DAY });
    expect(settle(left, { subscriptions: [back] }, POLICY, NOW + 9 * DAY).movements).toMatchObject([
      { kind: 'reactivation', memberChange: 1, occurredAt: NOW + 9 * DAY, number: 3 },
    ]);
  });

  it('announces a failed payment once for each attempt', () => {
    const open = payment({ status: 'open', amountPaid: 0, attemptCount: 1 });
    const first = settle(NOBODY, { payments: [open] }, POLICY, NOW);
    expect(first.announcements).toEqual([{ name: 'payment.failed', stripeId: 'in_1' }]);
    const known = written(NOBODY, first);
    expect(settle(known, { payments: [open] }, POLICY, NOW).announcements).toEqual([]);
    const second = { ...open, attemptCount: 2 };
    expect(settle(known, { payments: [second] }, POLICY, NOW).announcements).toHaveLength(1);
    expect(settle(known, { payments: [payment()] }, POLICY, NOW).announcements).toEqual([
      { name: 'payment.succeeded', stripeId: 'in_1' },
      { name: 'payment.recovered', stripeId: 'in_1' },
    ]);
  });

  it('gives what has a reference once, and what has none each time', () => {
    const give = [
      { tier: 'gold', source: 'purchase' as const, endsAt: null, reference: 'cs_1:gold' },
      { tier: 'gold', source: 'complimentary' as const, endsAt: null, reference: null },
    ];
    const known = written(NOBODY, settle(NOBODY, { give }, POLICY, NOW));
    expect(known.grants).toHaveLength(2);
    expect(settle(known, { give }, POLICY, NOW).grants.give).toMatchObject([
      { source: 'complimentary' },
    ]);
  });

  it('is over at its end, not a moment later', () => {
    const grant = { startsAt: NOW, endsAt: NOW + 10, revokedAt: null };
    expect([-1, 0, 9, 10].map((at) => isActive(grant, NOW + at))).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect(isActive({ ...grant, revokedAt: NOW + 5 }, NOW + 5)).toBe(false);
  });
});

describe('the ledger', () => {
  const revenue = fc.record({
    currency: fc.constantFrom('eur', 'jpy', 'kwd'),
    items: fc.array(
      fc.record({
        tier: fc.constantFrom('silver', 'gold', 'platinum', null),
        mrr: fc.integer({ min: 0, max: 5_000_000 }),
      }),
      { maxLength: 3 }
    ),
  });
  const ledger = fc.array(revenue, { maxLength: 4 }).map(ledgerOf);

  const cells = (one: Ledger): Map<string, number> =>
    new Map(
      [...one].flatMap(([currency, tiers]) =>
        [...tiers].map(([tier, mrr]) => [`${currency} ${tier}`, mrr] as const)
      )
    );

  it('moves by exactly the difference, for every currency and tier', () => {
    fc.assert(
      fc.property(ledger, ledger, fc.boolean(), (before, now, paid) => {
        const legs = movementsOf(before, now, paid);
        const sums = cells(before);
        for (const { currency, tier, mrrChange } of legs) {
          const cell = `${currency} ${tier}`;
          sums.set(cell, (sums.get(cell) ?? 0) + mrrChange);
          if (sums.get(cell) === 0) sums.delete(cell);
        }
        expect(new Map([...sums].sort())).toEqual(new Map([...cells(now)].sort()));
        const members = legs.reduce((sum, { memberChange }) => sum + memberChange, 0);
        expect(members).toBe(Number(now.size > 0) - Number(before.size > 0));
        for (const { kind, memberChange } of legs) {
          expect(legs.every((leg) => (leg.kind === 'churn') === (kind === 'churn'))).toBe(true);
          if (memberChange === 1) expect(kind).toBe(paid ? 'reactivation' : 'new');
          if (memberChange === -1) expect(kind).toBe('churn');
        }
      })
    );
  });

  const of = (currency: string, tier: string, mrr: number) =>
    ledgerOf([{ currency, items: [{ tier, mrr }] }]);
  const none: Ledger = new Map();

  it.each([
    ['new', none, of('eur', 'gold', 5), false],
    ['reactivation', none, of('eur', 'gold', 5), true],
    ['churn', of('eur', 'gold', 5), none, true],
    ['expansion', of('eur', 'gold', 5), of('eur', 'gold', 9), true],
    ['contraction', of('eur', 'gold', 9), of('eur', 'gold', 5), true],
    ['transfer', of('eur', 'gold', 5), of('eur', 'silver', 5), true],
    ['transfer', of('eur', 'gold', 5), of('jpy', 'gold', 700), true],
  ])('tells %s', (kind, before, now, paid) => {
    const legs = movementsOf(before, now, paid);
    expect(legs.length).toBeGreaterThan(0);
    for (const leg of legs) expect(leg.kind).toBe(kind);
  });

  describe('of a life that nobody heard of', () => {
    const over = (changes: Partial<SubscriptionFacts> = {}) =>
      subscription({
        status: 'canceled',
        items: [item({ mrr: 0 })],
        lastMrr: [900_000],
        endedAt: NOW + 40 * DAY,
        cancellation: { reason: null, feedback: 'unused', comment: null },
        ...changes,
      });
    const later = NOW + 90 * DAY;
    const move = (known: Known, facts: SubscriptionFacts) =>
      settle(known, { subscriptions: [facts] }, POLICY, later).movements;
    const joined = { mrrChange: 900_000, memberChange: 1, reason: null };
    const left = {
      kind: 'churn',
      mrrChange: -900_000,
      memberChange: -1,
      occurredAt: NOW + 40 * DAY,
      reason: 'unused',
    };

    it('joins and leaves on its own days, once', () => {
      expect(move(NOBODY, over())).toMatchObject([
        { ...joined, kind: 'new', number: 1, occurredAt: NOW },
        { ...left, number: 2 },
      ]);
      expect(move(after([over(), later]), over())).toEqual([]);
    });

    it('began to be revenue when its trial was over', () => {
      const trial = { trialEnd: NOW + 7 * DAY };
      const trialing = subscription({
        ...trial,
        status: 'trialing',
        items: [item({ mrr: 0 })],
        paid: false,
      });
      const expected = [{ ...joined, kind: 'new', occurredAt: NOW + 7 * DAY }, left];
      expect(move(NOBODY, over(trial))).toMatchObject(expected);
      expect(move(after([trialing, NOW]), over(trial))).toMatchObject(expected);
    });

    it('is none where nothing was paid, or where its revenue was heard of', () => {
      expect(move(NOBODY, over({ paid: false }))).toEqual([]);
      const unpaid = subscription({ status: 'unpaid', items: [item({ mrr: 0 })] });
      expect(move(after([subscription(), NOW], [unpaid, NOW + DAY]), over())).toEqual([]);
      expect(move(after([subscription(), NOW]), over())).toMatchObject([left]);
    });

    it('is more of a member who pays for something else', () => {
      const other = subscription({ stripeId: 'sub_0', items: [item({ tier: 'silver', mrr: 5 })] });
      expect(move(after([other, NOW]), over())).toMatchObject([
        { kind: 'expansion', mrrChange: 900_000, memberChange: 0 },
        { kind: 'contraction', mrrChange: -900_000, memberChange: 0 },
      ]);
    });
  });

  it('does not add up currencies', () => {
    const both = ledgerOf([
      { currency: 'eur', items: [{ tier: 'gold', mrr: 900 }] },
      { currency: 'jpy', items: [{ tier: 'gold', mrr: 900 }] },
    ]);
    expect(movementsOf(none, both, false)).toEqual([
      { kind: 'new', currency: 'eur', tier: 'gold', mrrChange: 900, memberChange: 1 },
      { kind: 'new', currency: 'jpy', tier: 'gold', mrrChange: 900, memberChange: 0 },
    ]);
  });

  it('stays balanced over any history of one member', () => {
    const step = fc.record({
      stripeId: fc.constantFrom('sub_1', 'sub_2', 'sub_3'),
      status: fc.constantFrom('active', 'past_due', 'trialing', 'canceled', 'unpaid', 'paused'),
      tier: fc.constantFrom('silver', 'gold', null),
      amount: fc.integer({ min: 1, max: 5000 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        let known = NOBODY;
        let members = 0;
        let mrr = 0;
        steps.forEach(({ status, tier, amount, stripeId }, index) => {
          const at = NOW + index * DAY;
          const counts = tier !== null && ['active', 'past_due'].includes(status);
          const facts = subscription({
            stripeId,
            status,
            items: [item({ tier, amount, mrr: counts ? amount * 1000 : 0 })],
            endedAt: status === 'canceled' ? at : null,
            pastDueSince: status === 'past_due' ? at : null,
          });
          const change = { subscriptions: [facts] };
          const settlement = settle(known, change, POLICY, at);
          for (const movement of settlement.movements) {
            members += movement.memberChange;
            mrr += movement.mrrChange;
          }
          known = written(known, settlement);
          expect(settle(known, change, POLICY, at).movements).toEqual([]);
          expect(settle(known, change, POLICY, at).grants.create).toEqual([]);
        });
        const paying = known.subscriptions
          .flatMap(({ items }) => items)
          .filter((one) => one.mrr > 0);
        expect(members).toBe(paying.length > 0 ? 1 : 0);
        expect(mrr).toBe(paying.reduce((sum, one) => sum + one.mrr, 0));
        // Access is the OR over what every subscription gives now.
        const at = NOW + Math.max(0, steps.length - 1) * DAY;
        const open = known.subscriptions
          .filter(({ status }) => ['active', 'trialing', 'past_due'].includes(status))
          .flatMap(({ items }) => items.flatMap(({ tier }) => tier ?? []));
        // A past_due one may have run out of its grace meanwhile.
        const held = tiersAt(known, at);
        for (const tier of held) expect(open).toContain(tier);
      })
    );
  });
});
