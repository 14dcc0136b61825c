import type { Core } from '@strapi/strapi';
import type { Known } from '../domain/facts';
import { toGrantFacts, toPrior, type Scope } from './known';
import { toPaymentRecord } from './payments';
import type { GrantRow, MemberRow, PaymentRow, SubscriptionRow } from './rows';
import { table } from './table';

/** What is known of one member, with the rows it was read off. */
export interface KnownMember {
  known: Known;
  subscriptions: SubscriptionRow[];
}

const OWNER = { member: { select: ['id'] } };

const byMember = <Row extends { member?: Pick<MemberRow, 'id'> | null }>(
  rows: readonly Row[]
): Map<number, Row[]> => {
  const found = new Map<number, Row[]>();
  for (const row of rows) {
    if (!row.member) continue;
    const own = found.get(row.member.id);
    if (own) own.push(row);
    else found.set(row.member.id, [row]);
  }
  return found;
};

/**
 * The payments of those whose access hangs on what became of their money. Of all others no payment
 * changes a grant, and a hundred members have thousands.
 */
const loadPayments = async (
  strapi: Core.Strapi,
  scope: Scope,
  members: readonly number[],
  grants: readonly GrantRow[]
): Promise<PaymentRow[]> => {
  const returned = await table(strapi, 'payment').findMany({
    where: {
      ...scope,
      member: { $in: members },
      $or: [{ disputeStatus: { $notNull: true } }, { amountRefunded: { $gt: 0 } }],
    },
    select: ['id'],
    populate: OWNER,
  });
  const withheld = grants.filter(({ revokedReason }) => revokedReason !== null);
  const wanted = new Set([...returned, ...withheld].flatMap(({ member }) => member?.id ?? []));
  if (wanted.size === 0) return [];
  return table(strapi, 'payment').findMany({
    where: { ...scope, member: { $in: [...wanted] } },
    populate: { ...OWNER, subscription: { select: ['stripeId'] } },
  });
};

/**
 * What the database knows of many members at once, as far as subscriptions and grants go: for
 * comparing, not for writing. Payments are only those that access hangs on, movements are not counted.
 */
export const loadKnownOf = async (
  strapi: Core.Strapi,
  scope: Scope,
  members: readonly number[]
): Promise<Map<number, KnownMember>> => {
  if (members.length === 0) return new Map();
  const where = { member: { $in: members } };
  const grants = await table(strapi, 'grant').findMany({
    where,
    populate: {
      ...OWNER,
      tier: { select: ['documentId'] },
      subscription: { select: ['stripeId'] },
    },
  });
  const own = {
    grants: byMember(grants),
    subscriptions: byMember(
      await table(strapi, 'subscription').findMany({
        where: { ...where, ...scope },
        populate: { ...OWNER, customer: { select: ['id'] } },
      })
    ),
    payments: byMember(await loadPayments(strapi, scope, members, grants)),
  };
  return new Map(
    members.map((id) => {
      const subscriptions = own.subscriptions.get(id) ?? [];
      const known: Known = {
        subscriptions: subscriptions.map(toPrior),
        grants: (own.grants.get(id) ?? []).flatMap(toGrantFacts),
        payments: (own.payments.get(id) ?? []).map(toPaymentRecord),
        movements: 0,
      };
      return [id, { known, subscriptions }];
    })
  );
};
