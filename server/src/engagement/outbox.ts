import type { Core } from '@strapi/strapi';
import {
  claimMessage,
  dueMessages,
  markSent,
  markSkipped,
  markUnsent,
  type MessageRow,
} from '../store';
import { emailOf } from '../strapi-services';
import { CLAIM_DAYS, claimLink, passwordLink } from './links';
import { renderMail } from './templates';

const BATCH = 50;

export interface Outbox {
  /** Sends what is planned and due; each message once, on however many instances. */
  run(): Promise<void>;
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

const send = async (strapi: Core.Strapi, message: MessageRow): Promise<void> => {
  const link = await linkOf(strapi, message);
  if (link === null) return markSkipped(strapi, message.id, 'no longer needed');
  const template = message.template === 'claim' ? 'claim' : 'set-password';
  const mail = renderMail(template, { link, email: message.to, days: CLAIM_DAYS });
  await emailOf(strapi).send({ to: message.to, ...mail });
  return markSent(strapi, message.id);
};

/** Sends planned messages through Strapi's email plugin, whichever provider the site has. */
export const createOutbox = ({ strapi }: { strapi: Core.Strapi }): Outbox => ({
  async run() {
    for (const message of await dueMessages(strapi, BATCH)) {
      if (!(await claimMessage(strapi, message))) continue;
      try {
        await send(strapi, message);
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        strapi.log.warn(`memberships: a mail (${message.template}) was not sent: ${reason}`);
        await markUnsent(strapi, message, reason);
      }
    }
  },
});
