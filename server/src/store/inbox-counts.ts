import type { Core } from '@strapi/strapi';
import { INBOX_STATUSES, type InboxStatus, type IsoDate } from '../../../contracts';
import { HIDDEN_UID } from '../constants';
import type { Scope } from './known';
import { columnMs, columnText, runSql, sqlTable } from './sql';
import { table } from './table';
import { toIsoOrNull } from './time';

/** How many deliveries there are in each status. */
export const countDeliveries = async (
  strapi: Core.Strapi,
  scope: Partial<Scope>
): Promise<Record<InboxStatus, number>> => {
  const rows = await runSql(
    strapi,
    strapi.db
      .connection(sqlTable(strapi, HIDDEN_UID.inbox))
      .select('status')
      .where(scope)
      .count({ rows: 'id' })
      .groupBy('status')
  );
  const counts = new Map(
    rows.map(({ status, rows: count }) => [columnText(status), Number(count)])
  );
  const of = (status: InboxStatus) => counts.get(status) ?? 0;
  const [pending, done, ignored, dead] = INBOX_STATUSES.map(of);
  return { pending: pending ?? 0, done: done ?? 0, ignored: ignored ?? 0, dead: dead ?? 0 };
};

/** When the longest waiting delivery arrived. */
export const oldestPending = async (
  strapi: Core.Strapi,
  scope: Partial<Scope>
): Promise<IsoDate | null> => {
  const row = await table(strapi, 'inbox').findOne({
    where: { ...scope, status: 'pending' },
    orderBy: { id: 'asc' },
  });
  return row?.receivedAt ?? null;
};

const STRIPES_OWN = { stripeId: { $startsWith: 'evt_' } };

const latest = async (strapi: Core.Strapi, where: object) =>
  table(strapi, 'inbox').findOne({ where: { ...STRIPES_OWN, ...where }, orderBy: { id: 'desc' } });

/** When the latest event of Stripe's own arrived, whichever way. */
export const lastReceived = async (strapi: Core.Strapi): Promise<IsoDate | null> =>
  (await latest(strapi, {}))?.receivedAt ?? null;

/** When Stripe last delivered something of one mode. */
export const lastDelivered = async (
  strapi: Core.Strapi,
  livemode: boolean
): Promise<IsoDate | null> =>
  (await latest(strapi, { livemode, polled: false }))?.receivedAt ?? null;

/** How many events in a row no delivery brought, up to the latest. */
export const countUndelivered = async (strapi: Core.Strapi, scope: Scope): Promise<number> => {
  const delivered = await latest(strapi, { ...scope, polled: false });
  return table(strapi, 'inbox').count({
    where: { ...scope, polled: true, id: { $gt: delivered?.id ?? 0 } },
  });
};

/** When an event of each type was last delivered, in one account and mode. */
export const lastDeliveredByType = async (
  strapi: Core.Strapi,
  { account, livemode }: Scope
): Promise<Map<string, IsoDate>> => {
  const rows = await runSql(
    strapi,
    strapi.db
      .connection(sqlTable(strapi, HIDDEN_UID.inbox))
      .select('type')
      .max({ latest: 'received_at' })
      .where({ account, livemode, polled: false })
      .where('stripe_id', 'like', 'evt%')
      .groupBy('type')
  );
  return new Map(
    rows.flatMap(({ type, latest: at }) => {
      const iso = toIsoOrNull(columnMs(at));
      return iso === null ? [] : [[columnText(type) ?? '', iso] as const];
    })
  );
};
