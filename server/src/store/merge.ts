import type { Core } from '@strapi/strapi';
import { getConfig, now } from '../config';
import { periodOf } from '../domain/period';
import type { Announcement } from '../domain/settle';
import { isLive } from '../domain/status';
import { applyChange } from './apply';
import { lockMember } from './known';
import type { MemberRow, Mirrored, MovementRow } from './rows';
import { movementKey } from './settlement';
import { table } from './table';
import { toIso } from './time';

const OWNED = ['customer', 'subscription', 'payment', 'movement', 'grant', 'message'] as const;

const placeOf = ({ account, livemode }: Pick<Mirrored, 'account' | 'livemode'>): string =>
  `${account}:${livemode}`;

const isPaying = (movements: readonly MovementRow[]): boolean =>
  movements.reduce((sum, { memberChange }) => sum + memberChange, 0) > 0;

/**
 * Two members who both paid were two in the ledger and are one now: without this row the one who is
 * left would go on being counted after leaving.
 */
const adjustLedger = async (
  strapi: Core.Strapi,
  guest: MemberRow,
  own: MemberRow
): Promise<void> => {
  const find = (member: number) => table(strapi, 'movement').findMany({ where: { member } });
  const [theirs, ours] = [await find(guest.id), await find(own.id)];
  for (const place of new Set(theirs.map(placeOf))) {
    const here = [theirs, ours].map((rows) => rows.filter((row) => placeOf(row) === place));
    const last = here.flat().at(-1);
    if (!last || !here.every(isPaying)) continue;
    const { account, livemode, currency } = last;
    const number = here.flat().length + 1;
    const at = now(strapi);
    await table(strapi, 'movement').create({
      data: {
        key: movementKey({ account: account ?? '', livemode: livemode === true }, own, number),
        member: own.id,
        kind: 'adjustment',
        occurredAt: toIso(at),
        period: periodOf(at, getConfig(strapi).revenue.timeZone),
        currency,
        mrrChange: '0',
        memberChange: -1,
        reason: null,
        account,
        livemode,
      },
    });
  }
};

/**
 * One current customer for each account and mode: the portal opens that one. The guest's has just
 * paid; it gives way only to one that pays as well.
 */
const chooseCustomers = async (
  strapi: Core.Strapi,
  guest: MemberRow,
  own: MemberRow
): Promise<void> => {
  const current = (member: number) =>
    table(strapi, 'customer').findMany({ where: { member, current: true } });
  const [theirs, ours] = [await current(guest.id), await current(own.id)];
  const subscriptions = await table(strapi, 'subscription').findMany({ where: { member: own.id } });
  for (const place of new Set(theirs.map(placeOf))) {
    const isHere = (row: Mirrored) => placeOf(row) === place;
    const isPayer = subscriptions.some((row) => isHere(row) && isLive(row.status));
    const [stays, goes] = isPayer ? [ours, theirs] : [theirs, ours];
    if (!stays.some(isHere)) continue;
    await table(strapi, 'customer').updateMany({
      where: { id: { $in: goes.filter(isHere).map(({ id }) => id) } },
      data: { current: false },
    });
  }
};

/**
 * One person, one trial: what either began is looked at again as what one of them began.
 *
 * @returns what it meant, to be announced
 */
const settleAgain = async (strapi: Core.Strapi, member: MemberRow): Promise<Announcement[]> => {
  const rows = await table(strapi, 'subscription').findMany({ where: { member: member.id } });
  const places = new Map(rows.map((row) => [placeOf(row), row]));
  const news: Announcement[] = [];
  for (const { account, livemode } of places.values()) {
    const target = { account: account ?? '', livemode: livemode === true };
    const { announcements } = await applyChange(
      strapi,
      { ...target, member: member.id, customer: null },
      { again: true }
    );
    news.push(...announcements);
  }
  return news;
};

/**
 * Everything a guest has becomes a member's, and the guest's row goes. Call it inside a transaction.
 *
 * @returns what it meant, to be announced once that is committed
 */
export const mergeMembers = async (
  strapi: Core.Strapi,
  guest: MemberRow,
  own: MemberRow
): Promise<Announcement[]> => {
  // In the order of ids, so that two merges cannot wait for each other.
  for (const id of [guest.id, own.id].sort((a, b) => a - b)) await lockMember(strapi, id);
  await adjustLedger(strapi, guest, own);
  await chooseCustomers(strapi, guest, own);
  for (const name of OWNED) {
    const where = { member: guest.id };
    const rows = await table(strapi, name).findMany({ where, select: ['id'] });
    for (const { id } of rows) {
      await table(strapi, name).update({ where: { id }, data: { member: own.id } });
    }
  }
  await table(strapi, 'member').delete({ where: { id: guest.id } });
  return settleAgain(strapi, own);
};
