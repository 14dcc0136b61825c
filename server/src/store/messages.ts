import type { Core } from '@strapi/strapi';
import { now } from '../config';
import type { MessageRow } from './rows';
import { table } from './table';
import { toIso } from './time';

export type Template = 'set-password' | 'claim';

export interface PlannedMessage {
  /** Unique: the same message is planned once, whatever happens twice. */
  key: string;
  member: number;
  template: Template;
  to: string;
}

/** Whether a message was ever planned under this key, sent or not. */
export const isPlanned = async (strapi: Core.Strapi, key: string): Promise<boolean> =>
  (await table(strapi, 'message').count({ where: { key } })) > 0;

/**
 * Plans a mail inside the transaction of its cause; the outbox sends it once that is committed.
 * No secret is stored: links are made when the mail is sent.
 */
export const planMessage = async (
  strapi: Core.Strapi,
  { key, member, template, to }: PlannedMessage
): Promise<void> => {
  if (await isPlanned(strapi, key)) return;
  await table(strapi, 'message').create({
    data: {
      key,
      member,
      template,
      to,
      status: 'planned',
      attempts: 0,
      availableAt: toIso(now(strapi)),
    },
  });
};

export const dueMessages = (strapi: Core.Strapi, limit: number): Promise<MessageRow[]> =>
  table(strapi, 'message').findMany({
    where: { status: 'planned', availableAt: { $lte: toIso(now(strapi)) } },
    populate: { member: { populate: ['user'] } },
    orderBy: { id: 'asc' },
    limit,
  });

/**
 * Takes a message for sending. It counts as failed from here until it is known to be sent, so that a
 * crash in between shows in the list and never sends it twice.
 */
export const claimMessage = async (
  strapi: Core.Strapi,
  { id, attempts }: MessageRow
): Promise<boolean> => {
  const { count } = await table(strapi, 'message').updateMany({
    where: { id, status: 'planned', attempts },
    data: { status: 'failed', attempts: attempts + 1, error: 'interrupted while it was sent' },
  });
  return count === 1;
};

export const markSent = async (strapi: Core.Strapi, id: number): Promise<void> => {
  await table(strapi, 'message').updateMany({
    where: { id },
    data: { status: 'sent', sentAt: toIso(now(strapi)), error: null },
  });
};

const MAX_ATTEMPTS = 5;
const MINUTE = 60_000;

/** The provider refused it: again later, five times in all. */
export const markUnsent = async (
  strapi: Core.Strapi,
  { id, attempts }: MessageRow,
  reason: string
): Promise<void> => {
  const tries = attempts + 1;
  await table(strapi, 'message').updateMany({
    where: { id },
    data: {
      status: tries < MAX_ATTEMPTS ? 'planned' : 'failed',
      availableAt: toIso(now(strapi) + 2 ** tries * MINUTE),
      error: reason.slice(0, 1000),
    },
  });
};

export const markSkipped = async (
  strapi: Core.Strapi,
  id: number,
  reason: string
): Promise<void> => {
  await table(strapi, 'message').updateMany({
    where: { id },
    data: { status: 'skipped', error: reason },
  });
};

/** Skips every message that waits to be sent. */
export const skipPlanned = async (strapi: Core.Strapi, reason: string): Promise<void> => {
  await table(strapi, 'message').updateMany({
    where: { status: 'planned' },
    data: { status: 'skipped', error: reason },
  });
};
