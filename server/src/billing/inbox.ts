import type { Core } from '@strapi/strapi';
import type { InboxDelivery, Paged } from '../../../contracts';
import { conflict, notFound } from '../errors';
import {
  findDelivery,
  listDeliveries,
  reviveDeliveries,
  type InboxQuery,
  type InboxRow,
} from '../store';
import type { StripeAccess } from './client';
import { askStripe } from './stripe-errors';
import type { Worker } from './worker';

/** The inbox as an operator sees it. */
export interface Inbox {
  list(query: InboxQuery): Promise<Paged<InboxDelivery>>;
  /**
   * Tries one delivery again, now, by the way every event takes.
   *
   * @returns the delivery afterwards: done, or with the error of this try
   * @throws RequestError 404; 409 when there is nothing to try, because it is done, ignored or of
   *   another account or mode; 503
   */
  retry(id: number): Promise<InboxDelivery>;
  /** Makes everything that is dead here due again. @returns how many deliveries @throws RequestError 503 */
  retryAll(): Promise<number>;
}

const present = ({ id, stripeId, type, account, livemode, ...row }: InboxRow): InboxDelivery => ({
  id,
  stripeId,
  type,
  account,
  livemode,
  key: row.key,
  status: row.status,
  attempts: row.attempts,
  receivedAt: row.receivedAt,
  availableAt: row.availableAt,
  processedAt: row.processedAt,
  error: row.error,
});

export const createInbox = (strapi: Core.Strapi, stripe: StripeAccess, worker: Worker): Inbox => {
  const revive = async (which: Parameters<typeof reviveDeliveries>[2]): Promise<number> =>
    reviveDeliveries(strapi, await askStripe(() => stripe.scope()), which);

  const find = async (id: number): Promise<InboxRow> => {
    const row = await findDelivery(strapi, id);
    if (!row) throw notFound('There is no such delivery', { field: 'id' });
    return row;
  };

  return {
    async list({ page, pageSize, ...filter }) {
      const { rows, total } = await listDeliveries(strapi, { page, pageSize, ...filter });
      const pageCount = Math.ceil(total / pageSize);
      return {
        data: rows.map(present),
        meta: { pagination: { page, pageSize, pageCount, total } },
      };
    },
    async retry(id) {
      const { key } = await find(id);
      if (key === null || (await revive({ id })) === 0) {
        throw conflict('There is nothing to try again: it is done, or of another account or mode', {
          field: 'id',
        });
      }
      await worker.tryNow(key);
      return present(await find(id));
    },
    retryAll: () => revive('dead'),
  };
};
