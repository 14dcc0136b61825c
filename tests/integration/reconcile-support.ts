import type { Difference, ReconcileReport } from '../../contracts';
import type { Admin } from '../support/admin';
import type { Shop } from '../support/shop';

/** Comparing a site with Stripe, as an admin does it. */
export interface Comparison {
  report(query?: string): Promise<ReconcileReport>;
  /** Compares, and answers what differs. */
  compare(): Promise<ReconcileReport>;
  /** Queues the repair of all that was found, and waits for it. */
  repair(found: ReconcileReport): Promise<void>;
  /** Nothing tells the site of what happens meanwhile. */
  unheard(work: () => Promise<unknown>, events?: string[]): Promise<void>;
  /**
   * Compares and repairs once, after which nothing may differ.
   *
   * @returns the fields that differed, by key
   */
  once(): Promise<Map<string, string[]>>;
}

export const keysOf = ({ differences }: ReconcileReport): string[] =>
  differences.data.map(({ key }: Difference) => key).sort();

export const openComparison = (shop: Shop, admin: Admin): Comparison => {
  const self: Comparison = {
    async report(query = '?pageSize=100') {
      const { status, body } = await admin.get(`/reconcile${query}`);
      expect(status).toBe(200);
      return body.data;
    },
    async compare() {
      expect((await admin.post('/reconcile')).status).toBe(200);
      await shop.background.idle();
      const found = await self.report();
      const done = { status: 'done', trigger: 'admin', repairs: false, error: null };
      expect(found.run).toMatchObject(done);
      return found;
    },
    async repair({ run }) {
      expect((await admin.post(`/reconcile/${run.id}/apply`)).status).toBe(200);
      await shop.background.idle();
    },
    async unheard(work, events) {
      shop.stripe.faults.set({
        seed: 1,
        delivery: [{ kind: 'drop', ...(events && { events }) }],
      });
      await work();
      await shop.settle();
      shop.stripe.faults.clear();
    },
    async once() {
      const found = await self.compare();
      await self.repair(found);
      expect((await self.compare()).differences.data).toEqual([]);
      return new Map(
        found.differences.data.map(({ key, fields }) => [
          key,
          [...new Set(fields.map(({ field }) => field))].sort(),
        ])
      );
    },
  };
  return self;
};
