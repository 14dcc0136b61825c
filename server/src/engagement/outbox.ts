import type { Core } from '@strapi/strapi';
import {
  claimMessage,
  dueMessages,
  markSent,
  markSkipped,
  markUnsent,
  skipPlanned,
  type MessageRow,
} from '../store';
import { emailOf } from '../strapi-services';
import { CLAIM_DAYS, claimLink, passwordLink } from './links';
import { renderMail } from './templates';

const BATCH = 50;

export interface Outbox {
  /** Sends what is planned and due; each message once, on however many instances. */
  run(): Promise<void>;
  /** Sends nothing of what is planned until now: on a copied database its original does. */
  skipPlanned(): Promise<void>;
}

const linkOf = async (strapi: Core.Strapi, message: MessageRow): Promise<string | null> => {
  const { member, template } = message;
  if (!member) return null;
  switch (template) {
    case 'set-password':
      return member.user ? passwordLink(strapi, member) : null;
    case 'claim':
      // Claimed or linked meanwhile: nothing to claim.
      return member.user ? null : claimLink(strapi, member);
    default:
      return null;
  }
};

/** `skipped`: there is nothing to tell any more. `unsent`: it is noted to be tried again. */
type Outcome = 'sent' | 'skipped' | 'unsent';

const send = async (strapi: Core.Strapi, message: MessageRow): Promise<Outcome> => {
  const link = await linkOf(strapi, message);
  if (link === null) return 'skipped';
  const template = message.template === 'claim' ? 'claim' : 'set-password';
  const mail = renderMail(template, { link, email: message.to, days: CLAIM_DAYS });
  await emailOf(strapi).send({ to: message.to, ...mail });
  return 'sent';
};

const trySend = async (strapi: Core.Strapi, message: MessageRow): Promise<Outcome> => {
  try {
    return await send(strapi, message);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    strapi.log.warn(`memberships: a mail (${message.template}) was not sent: ${reason}`);
    await markUnsent(strapi, message, reason);
    return 'unsent';
  }
};

/** Sends planned messages through Strapi's email plugin, whichever provider the site has. */
export const createOutbox = ({ strapi }: { strapi: Core.Strapi }): Outbox => ({
  async run() {
    for (const message of await dueMessages(strapi, BATCH)) {
      if (!(await claimMessage(strapi, message))) continue;
      const outcome = await trySend(strapi, message);
      // Outside of what is tried again: a mail that left must not leave twice for want of a note.
      if (outcome === 'sent') await markSent(strapi, message.id);
      if (outcome === 'skipped') await markSkipped(strapi, message.id, 'no longer needed');
    }
  },
  skipPlanned: () => skipPlanned(strapi, 'planned before the site was confirmed'),
});
