import type { ItemFacts } from './facts';
import type { MilliUnits } from './mrr';

export type MovementKind =
  'new' | 'expansion' | 'contraction' | 'churn' | 'reactivation' | 'transfer' | 'adjustment';

/** Revenue of a member: per currency, per tier. Currencies are never added up. */
export type Ledger = Map<string, Map<string, MilliUnits>>;

export interface Leg {
  kind: MovementKind;
  currency: string;
  /** documentId. */
  tier: string;
  mrrChange: MilliUnits;
  memberChange: -1 | 0 | 1;
}

interface Revenue {
  currency: string | null;
  items: Pick<ItemFacts, 'tier' | 'mrr'>[];
}

/** Sums a member's subscriptions, since movements are classified per member, not per subscription. */
export const ledgerOf = (subscriptions: Iterable<Revenue>): Ledger => {
  const ledger: Ledger = new Map();
  for (const { currency, items } of subscriptions) {
    if (currency === null) continue;
    for (const { tier, mrr } of items) {
      if (tier === null || mrr === 0) continue;
      const tiers = ledger.get(currency) ?? new Map<string, MilliUnits>();
      tiers.set(tier, (tiers.get(tier) ?? 0) + mrr);
      ledger.set(currency, tiers);
    }
  }
  return ledger;
};

const totalOf = (ledger: Ledger, currency: string): MilliUnits =>
  [...(ledger.get(currency)?.values() ?? [])].reduce((sum, mrr) => sum + mrr, 0);

interface Difference {
  currency: string;
  tier: string;
  mrrChange: MilliUnits;
}

const differences = (before: Ledger, after: Ledger): Difference[] =>
  [...new Set([...before.keys(), ...after.keys()])].sort().flatMap((currency) => {
    const [old, fresh] = [before.get(currency), after.get(currency)];
    return [...new Set([...(old?.keys() ?? []), ...(fresh?.keys() ?? [])])]
      .sort()
      .map((tier) => ({
        currency,
        tier,
        mrrChange: (fresh?.get(tier) ?? 0) - (old?.get(tier) ?? 0),
      }))
      .filter(({ mrrChange }) => mrrChange !== 0);
  });

const kindWhilePaying = (before: MilliUnits, after: MilliUnits): MovementKind => {
  // A currency that begins or ends while the member goes on paying is the same revenue elsewhere.
  if (before === 0 || after === 0 || before === after) return 'transfer';
  return after > before ? 'expansion' : 'contraction';
};

/**
 * The ledger rows of one change (DESIGN section 7): a tier change writes two legs, −old and +new,
 * under one kind; the first leg of a join or a leave carries the member.
 *
 * @param paidBefore whether the member ever paid until now: `reactivation` instead of `new`
 */
export const movementsOf = (before: Ledger, after: Ledger, paidBefore: boolean): Leg[] => {
  const paying = { before: before.size > 0, after: after.size > 0 };
  const joinedOrLeft = paying.before !== paying.after;
  const kindOf = (currency: string): MovementKind => {
    if (!paying.after) return 'churn';
    if (!paying.before) return paidBefore ? 'reactivation' : 'new';
    return kindWhilePaying(totalOf(before, currency), totalOf(after, currency));
  };
  return differences(before, after).map((difference, index) => ({
    ...difference,
    kind: kindOf(difference.currency),
    memberChange: joinedOrLeft && index === 0 ? (paying.after ? 1 : -1) : 0,
  }));
};
