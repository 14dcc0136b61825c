import type { Invoice, Subscription } from '../stripe/types';
import { date } from './reading';

/** What a subscription gives, whatever became of its money afterwards. */
export interface Entitled {
  tiers: string[];
  /** ISO date; null: no end known. */
  until: string | null;
}

export const NOTHING: Entitled = { tiers: [], until: null };

/** Days of grace: the plugin's default. */
const GRACE_SECONDS = 14 * 86_400;

/** Seconds; when the oldest invoice that is still owed was first asked for. */
export const overdueSince = (invoices: readonly Invoice[]): number | null => {
  for (const wanted of ['open', 'uncollectible']) {
    const owed = invoices.filter(
      ({ status, attempt_count: attempts }) => status === wanted && attempts > 0
    );
    const since = owed.map((invoice) => invoice.status_transitions.finalized_at ?? Infinity);
    if (since.length > 0) return Math.min(...since);
  }
  return null;
};

/** Something was paid besides the bill of nothing that begins a trial. */
export const isPaid = ({ trial_end }: Subscription, invoices: readonly Invoice[]): boolean =>
  invoices.some(
    ({ status, total, created }) =>
      status === 'paid' && (total > 0 || trial_end === null || created >= trial_end)
  );

/** One trial per person: of several the one that began first, whatever its end. */
export const repeatsTrial = (one: Subscription, theirs: readonly Subscription[]): boolean => {
  const started = theirs
    .filter(({ trial_start, status }) => trial_start !== null && status !== 'incomplete_expired')
    .sort((a, b) => Number(a.trial_start) - Number(b.trial_start) || (a.id < b.id ? -1 : 1));
  return started.some(({ id }) => id === one.id) && started[0]?.id !== one.id;
};

/**
 * What a subscription gives by docs/webhooks.md, disputes aside.
 *
 * @param theirs every subscription of the person, this one too
 */
export const entitledBy = (
  one: Subscription,
  invoices: readonly Invoice[],
  theirs: readonly Subscription[],
  tierOf: ReadonlyMap<string, string>
): Entitled => {
  if (!['active', 'trialing', 'past_due'].includes(one.status)) return NOTHING;
  if (one.pause_collection || (repeatsTrial(one, theirs) && !isPaid(one, invoices))) return NOTHING;
  const sold = one.items.data.flatMap(({ price }) => tierOf.get(price.id) ?? []);
  const tiers = [...new Set(sold)].sort();
  if (one.status !== 'past_due') return { tiers, until: null };
  const periods = one.items.data.map((item) => item.current_period_start);
  const since = overdueSince(invoices) ?? Math.max(...periods);
  return { tiers, until: date(since + GRACE_SECONDS) };
};
