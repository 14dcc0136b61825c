import fc from 'fast-check';
import { isActive } from '../../server/src/domain/access';
import type {
  Change,
  DisputeFacts,
  Known,
  PaymentCharge,
  PaymentFacts,
  Policy,
} from '../../server/src/domain/facts';
import { settle } from '../../server/src/domain/settle';
import { DAY, item, NOBODY, NOW, payment, POLICY, subscription, written } from './settling';

const ENDS: Policy = { ...POLICY, fullRefund: 'end' };

const dispute = (status: string, changes: Partial<DisputeFacts> = {}): DisputeFacts => ({
  stripeId: 'du_1',
  status,
  reason: 'fraudulent',
  amount: 900,
  created: NOW + DAY,
  evidenceDueBy: NOW + 8 * DAY,
  ...changes,
});

const charge = (changes: Partial<PaymentCharge> = {}): PaymentCharge => ({
  payment: 'in_1',
  stripeId: 'ch_1',
  amount: 900,
  amountRefunded: 0,
  refunds: [],
  disputes: [],
  fraudWarningAt: null,
  ...changes,
});

const refunded = (amount: number, changes: Partial<PaymentCharge> = {}): PaymentCharge =>
  charge({
    amountRefunded: amount,
    refunds: [{ stripeId: 're_1', amount, status: 'succeeded', reason: null, created: NOW + DAY }],
    ...changes,
  });

/** Settles one change after the other, a day apart. */
const live = (policy: Policy, ...changes: Change[]): Known =>
  changes.reduce(
    (known, change, day) => written(known, settle(known, change, policy, NOW + day * DAY)),
    NOBODY
  );

const joined: Change = { subscriptions: [subscription()], payments: [payment()] };
const held = (known: Known, at = NOW + 99 * DAY): string[] =>
  known.grants.filter((grant) => isActive(grant, at)).map(({ tier }) => tier);

describe('a dispute', () => {
  it.each([
    ['needs_response', []],
    ['under_review', []],
    ['a step of tomorrow', []],
    ['won', ['gold']],
    // Treated as a refund, which by default ends nothing.
    ['lost', ['gold']],
    ['prevented', ['gold']],
    ['warning_needs_response', ['gold']],
    ['warning_under_review', ['gold']],
    ['warning_closed', ['gold']],
  ])('%s leaves %j', (status, tiers) => {
    expect(
      held(live(POLICY, joined, { charges: [charge({ disputes: [dispute(status)] })] }))
    ).toEqual(tiers);
  });

  it('takes nothing where the owner keeps access', () => {
    const policy: Policy = { ...ENDS, dispute: 'keep' };
    for (const status of ['needs_response', 'lost']) {
      const charges = [charge({ disputes: [dispute(status)] })];
      expect(held(live(policy, joined, { charges }))).toEqual(['gold']);
    }
  });

  it('that is lost ends what a full refund ends', () => {
    const lost = { charges: [charge({ disputes: [dispute('lost')] })] };
    expect(held(live(ENDS, joined, lost))).toEqual([]);
    const partly = { charges: [charge({ disputes: [dispute('lost', { amount: 400 })] })] };
    expect(held(live(ENDS, joined, partly))).toEqual(['gold']);
    const together = {
      charges: [refunded(500, { disputes: [dispute('lost', { amount: 400 })] })],
    };
    expect(held(live(ENDS, joined, together))).toEqual([]);
  });

  it('gives back what was there to the letter, whatever Stripe said meanwhile', () => {
    const before = live(POLICY, joined);
    const late = subscription({ status: 'past_due', pastDueSince: NOW + 2 * DAY });
    const open = { charges: [charge({ disputes: [dispute('needs_response')] })] };
    const won = { charges: [charge({ disputes: [dispute('won')] })] };
    const during = live(POLICY, joined, open, { subscriptions: [late] }, joined);
    expect(during.grants).toMatchObject([
      { endsAt: null, revokedAt: NOW + DAY, revokedReason: 'dispute' },
    ]);
    expect(live(POLICY, joined, open, { subscriptions: [late] }, joined, won).grants).toEqual(
      before.grants
    );
  });

  it('withholds what an upgrade would give, and gives it with the rest', () => {
    const platinum = subscription({ items: [item({ tier: 'platinum', price: 'price_platinum' })] });
    const open = { charges: [charge({ disputes: [dispute('needs_response')] })] };
    const upgraded = live(POLICY, joined, open, { subscriptions: [platinum] });
    expect(held(upgraded)).toEqual([]);
    const won = settle(
      upgraded,
      { charges: [charge({ disputes: [dispute('won')] })] },
      POLICY,
      NOW + 9 * DAY
    );
    expect(held(written(upgraded, won))).toEqual(['platinum']);
    expect(won.announcements).toContainEqual({ name: 'membership.granted', tiers: ['platinum'] });
  });

  it('of one subscription touches no other, nor what a person gave or took', () => {
    const other: Change = {
      subscriptions: [
        subscription({ stripeId: 'sub_2', items: [item({ stripeId: 'si_2', tier: 'silver' })] }),
      ],
      payments: [payment({ stripeId: 'in_2', paymentIntent: 'pi_2', subscription: 'sub_2' })],
      give: [{ tier: 'bronze', source: 'complimentary', endsAt: null, reference: null }],
    };
    const both = live(POLICY, joined, other);
    const byHand = {
      ...both,
      grants: both.grants.map((grant) =>
        grant.tier === 'bronze' ? { ...grant, revokedAt: NOW, revokedReason: null } : grant
      ),
    };
    const open = { charges: [charge({ disputes: [dispute('needs_response')] })] };
    const { grants } = settle(byHand, open, POLICY, NOW + 9 * DAY);
    expect(grants.revoke).toEqual([
      {
        id: both.grants.find(({ tier }) => tier === 'gold')?.id,
        revokedAt: NOW + DAY,
        revokedReason: 'dispute',
      },
    ]);
  });
});

describe('a full refund', () => {
  it('keeps the access, unless the owner wants it to end', () => {
    const full = { charges: [refunded(900)] };
    expect(held(live(POLICY, joined, full))).toEqual(['gold']);
    expect(held(live(ENDS, joined, full))).toEqual([]);
    expect(held(live(ENDS, joined, { charges: [refunded(899)] }))).toEqual(['gold']);
  });

  it('ends nothing that was paid for again', () => {
    const next = payment({
      stripeId: 'in_2',
      paymentIntent: 'pi_2',
      billingReason: 'subscription_cycle',
      created: NOW + 31 * DAY,
    });
    const full = { charges: [refunded(900)] };
    const renewed = live(ENDS, joined, full, { payments: [next] });
    expect(held(renewed)).toEqual(['gold']);
    expect(renewed.grants).toMatchObject([{ startsAt: NOW, endsAt: null, revokedAt: null }]);
    // A credit for a downgrade is no payment.
    const credit = { ...next, billingReason: 'subscription_update', amountDue: 0, amountPaid: 0 };
    expect(held(live(ENDS, joined, full, { payments: [credit] }))).toEqual([]);
  });

  it('that fails ends nothing any more', () => {
    expect(held(live(ENDS, joined, { charges: [refunded(900)] }, { charges: [charge()] }))).toEqual(
      ['gold']
    );
  });

  it('of a purchase ends the purchase, whichever is heard of first', () => {
    const bought: Change = {
      give: [{ tier: 'archive', source: 'purchase', endsAt: null, reference: 'cs_1:archive' }],
      payments: [payment({ subscription: null, checkoutSession: 'cs_1' })],
    };
    const invoice: Change = { payments: [payment({ subscription: null })] };
    const full: Change = { charges: [refunded(900)] };
    expect(held(live(ENDS, bought, full))).toEqual([]);
    expect(held(live(ENDS, invoice, full, bought))).toEqual([]);
    expect(held(live(POLICY, invoice, full, bought))).toEqual(['archive']);
  });
});

describe('the same money told several times', () => {
  const session: Change = {
    give: [{ tier: 'archive', source: 'purchase', endsAt: null, reference: 'cs_9:archive' }],
    payments: [
      payment({
        stripeId: 'in_9',
        paymentIntent: 'pi_9',
        subscription: null,
        checkoutSession: 'cs_9',
      }),
    ],
  };
  /** As the checkout tells it while there is no invoice. */
  const intent: PaymentFacts = payment({
    stripeId: 'pi_9',
    paymentIntent: 'pi_9',
    subscription: null,
    checkoutSession: 'cs_9',
    number: null,
    billingReason: null,
  });
  const facts: Change[] = [
    joined,
    { payments: [payment()] },
    session,
    { payments: [intent] },
    { payments: [payment({ stripeId: 'in_9', paymentIntent: 'pi_9', subscription: null })] },
  ];
  /** A charge is brought after its payment, as its sync does. */
  const charges: Change[] = [
    { payments: [payment()], charges: [refunded(900, { disputes: [dispute('lost')] })] },
    { ...session, charges: [refunded(900, { payment: 'pi_9', stripeId: 'ch_9' })] },
    {
      payments: [intent],
      charges: [
        charge({ payment: 'pi_9', stripeId: 'ch_8', disputes: [dispute('needs_response')] }),
      ],
    },
  ];
  const all = [...facts, ...charges];

  const settled = (changes: readonly Change[], policy: Policy) => {
    const told: string[] = [];
    let movements = 0;
    const known = changes.reduce((before, change) => {
      const settlement = settle(before, change, policy, NOW + 40 * DAY);
      for (const news of settlement.announcements) {
        if ('stripeId' in news) told.push(`${news.name} ${news.stripeId.replace('pi_9', 'in_9')}`);
      }
      movements += settlement.movements.length;
      return written(before, settlement);
    }, NOBODY);
    const key = (one: object) => JSON.stringify(one, Object.keys(one).sort());
    return {
      told: told.sort(),
      movements,
      payments: known.payments.toSorted((a, b) => (a.stripeId < b.stripeId ? -1 : 1)),
      grants: known.grants
        .map(({ id: _, startsAt: _from, ...grant }) => grant)
        .toSorted((a, b) => (key(a) < key(b) ? -1 : 1)),
    };
  };

  it.each([
    ['by default', POLICY],
    ['where refunds end', ENDS],
    ['where nothing does', { ...POLICY, dispute: 'keep' as const }],
  ])('ends in the same rows in any order and repetition, %s', (_name, policy) => {
    const expected = settled(all, policy);
    expect(expected.payments.map(({ stripeId }) => stripeId)).toEqual(['in_1', 'in_9']);
    expect(expected.movements).toBe(1);
    const orders = fc
      .shuffledSubarray([...all, ...all], { minLength: 0 })
      .chain((some) =>
        fc.shuffledSubarray(all, { minLength: all.length }).map((each) => [some, each])
      );
    fc.assert(
      fc.property(orders, ([some = [], each = []]) => {
        const { told, ...rows } = settled([...some, ...each], policy);
        const { told: _, ...wanted } = expected;
        expect(rows).toEqual(wanted);
        // Whatever the order, nobody is told twice that one payment succeeded.
        const successes = told.filter((line) => line.startsWith('payment.succeeded'));
        expect(successes).toEqual(['payment.succeeded in_1', 'payment.succeeded in_9']);
      }),
      { numRuns: 300 }
    );
  });

  it('writes no payment again that is as it was', () => {
    const known = live(POLICY, ...all);
    for (const change of all) {
      const again = settle(known, change, POLICY, NOW + 90 * DAY);
      expect([again.payments, again.grants.give, again.grants.revoke]).toEqual([[], [], []]);
      expect(again.announcements).toEqual([]);
    }
  });
});

describe('a debit', () => {
  const open = (intentStatus: string, attemptCount = 1): Change => ({
    payments: [
      payment({ status: 'open', amountPaid: 0, paidAt: null, intentStatus, attemptCount }),
    ],
  });
  const news = (known: Known, change: Change) =>
    settle(known, change, POLICY, NOW).announcements.map(({ name }) => name);

  it('that is on its way has not failed, until it has', () => {
    expect(news(NOBODY, open('processing'))).toEqual([]);
    const known = live(POLICY, open('processing'));
    expect(news(known, joined)).not.toContain('payment.recovered');
    expect(news(known, open('requires_payment_method'))).toEqual(['payment.failed']);
    const failed = live(POLICY, open('processing'), open('requires_payment_method'));
    expect(news(failed, open('processing', 2))).toEqual([]);
    expect(news(failed, { payments: [payment({ attemptCount: 2 })] })).toEqual([
      'payment.succeeded',
      'payment.recovered',
    ]);
  });

  it('waits for its holder without having failed', () => {
    expect(news(NOBODY, open('requires_action', 0))).toEqual([]);
  });
});
