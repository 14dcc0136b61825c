import type { Subscription } from '../stripe/types';
import type { Books } from './books';
import { date } from './reading';

interface Item {
  price: string;
  tier: string | undefined;
  quantity: number;
}

/** A change that was asked for and has not happened. */
interface Pending {
  cause: 'payment' | 'schedule';
  at: string | null;
  items: Item[];
}

const sorted = (items: readonly Item[]): string =>
  items
    .map(({ price, quantity }) => `${price}×${quantity}`)
    .sort()
    .join();

/** What a subscription is going to be: once it is paid for, or by its schedule. */
export const pendingOf = (
  { tables }: Books,
  one: Subscription,
  tierOf: (price: string) => string | undefined
): Pending | null => {
  const item = (price: string, quantity = 1): Item => ({ price, tier: tierOf(price), quantity });
  const update = one.pending_update;
  if (update?.subscription_items?.length) {
    const items = update.subscription_items.map(({ price, quantity }) => item(price.id, quantity));
    return { cause: 'payment', at: date(update.expires_at), items };
  }
  const schedule = tables.subscriptionSchedules.get(one.schedule ?? '');
  if (schedule?.status !== 'active') return null;
  const present = one.items.data.map(({ price, quantity }) => item(price.id, quantity));
  const since = schedule.current_phase?.start_date ?? 0;
  const next = schedule.phases
    .filter(({ start_date }) => start_date > since)
    .map((phase) => ({
      at: date(phase.start_date),
      items: phase.items.map(({ price, quantity }) => item(price, quantity)),
    }))
    .find(({ items }) => sorted(items) !== sorted(present));
  if (next) return { cause: 'schedule', ...next };
  if (schedule.end_behavior !== 'cancel') return null;
  return { cause: 'schedule', at: date(schedule.phases.at(-1)?.end_date), items: [] };
};
