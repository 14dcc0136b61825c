import type { Core } from '@strapi/strapi';
import {
  assertHeld,
  isMirroredIn,
  table,
  transaction,
  type Lease,
  type PriceRow,
  type Scope,
} from '../../store';

const newest = (rows: readonly PriceRow[]): PriceRow | null =>
  rows.reduce<PriceRow | null>((last, row) => (last && last.id > row.id ? last : row), null);

/**
 * The prices that a tier brings along when the site moves to another Stripe account or mode: those on
 * sale where it was sold last. Once it has a price here, those made elsewhere stay there.
 */
const broughtAlong = (rows: readonly PriceRow[], scope: Scope): PriceRow[] => {
  const elsewhere = rows.filter((row) => row.stripeId !== null && !isMirroredIn(row, scope));
  const last = newest(elsewhere);
  const isHere = (row: PriceRow): boolean =>
    isMirroredIn(row, scope) || (row.stripeId === null && (row.active || row.id > (last?.id ?? 0)));
  if (!last || rows.some(isHere)) return [];
  const { account, livemode } = last;
  return elsewhere.filter(
    (row) => row.active && row.account === account && row.livemode === livemode
  );
};

/**
 * Makes the catalogue of a site that moved: from test to live with the same database, or to another
 * account. A price is one Stripe Price for ever, so what is sold here are rows of their own.
 */
export const bringAlong = async (
  strapi: Core.Strapi,
  scope: Scope,
  lease: Lease
): Promise<void> => {
  const rows = await table(strapi, 'price').findMany({
    where: { tier: { kind: 'paid', archivedAt: null } },
    populate: ['tier'],
    orderBy: { id: 'asc' },
  });
  const tiers = new Set(rows.flatMap(({ tier }) => tier?.id ?? []));
  const coming = [...tiers].flatMap((id) =>
    broughtAlong(
      rows.filter(({ tier }) => tier?.id === id),
      scope
    )
  );
  if (coming.length === 0) return;
  await transaction(strapi, async () => {
    await assertHeld(strapi, lease);
    for (const row of coming) {
      const { amount, currency, interval, intervalCount, trialDays, nickname, tier } = row;
      const terms = { amount, currency, interval, intervalCount };
      await table(strapi, 'price').create({
        data: { ...terms, trialDays, nickname, tier: tier?.id, active: true },
      });
    }
  });
};
