import type { Core } from '@strapi/strapi';
import { getConfig, now } from '../config';
import type { Change } from '../domain/facts';
import { settle, type Settlement } from '../domain/settle';
import { loadKnown, lockMember, type Scope } from './known';
import { writeSettlement } from './settlement';
import { table } from './table';

/**
 * The one way a member changes: lock, read what is known, settle, write. Call it inside
 * `transaction`; announce the answer's news once that is committed.
 *
 * @throws Error when the member is gone
 */
export const applyChange = async (
  strapi: Core.Strapi,
  target: Scope & { member: number; customer: number | null },
  change: Change
): Promise<Settlement> => {
  await lockMember(strapi, target.member);
  const member = await table(strapi, 'member').findOne({ where: { id: target.member } });
  if (!member) throw new Error(`memberships: member ${target.member} is gone`);

  const payments = [
    ...(change.payments ?? []).flatMap(({ stripeId, paymentIntent }) => [
      stripeId,
      ...(paymentIntent === null ? [] : [paymentIntent]),
    ]),
    ...(change.charges ?? []).map(({ payment }) => payment),
  ];
  const { account, livemode } = target;
  const known = await loadKnown(strapi, member.id, { account, livemode }, payments);
  const { access, revenue } = getConfig(strapi);
  const settlement = settle(known, change, access, now(strapi));
  await writeSettlement(
    strapi,
    {
      ...target,
      member: { id: member.id, documentId: member.documentId },
      timeZone: revenue.timeZone,
    },
    settlement
  );
  return settlement;
};
