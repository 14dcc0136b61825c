import type { Core } from '@strapi/strapi';
import { getConfig } from '../../config';
import { badRequest, RequestError } from '../../errors';
import { receive } from '../../store';
import type { StripeAccess } from '../client';
import { keyOf, type StripeEvent } from './event';
import { verify } from './verify';

export interface WebhookReceiver {
  /**
   * Stores one delivery for good; only then may it be answered 200.
   *
   * @param raw the body, byte for byte as it came
   * @param signature the `Stripe-Signature` header
   * @returns whether there is work to do; a duplicate, a foreign and an unknown event bring none
   * @throws RequestError 400 `signature-invalid|payload-invalid`, 503 without keys; a database error
   *   as it is, so that Stripe tries again
   */
  receive(raw: unknown, signature: string | undefined): Promise<{ work: boolean }>;
}

export const createWebhookReceiver = (
  strapi: Core.Strapi,
  stripe: StripeAccess
): WebhookReceiver => ({
  async receive(raw, signature) {
    const { webhookSecrets } = getConfig(strapi).stripe;
    if (!stripe.configured || webhookSecrets.length === 0) {
      throw new RequestError(503, 'No Stripe key or webhook secret is set', {
        code: 'stripe-not-configured',
      });
    }
    if (!Buffer.isBuffer(raw)) {
      throw badRequest('The body is not what Stripe signed', {
        code: 'payload-invalid',
        field: 'body',
      });
    }
    const event = verify(stripe.client().webhooks, raw, signature, webhookSecrets);
    const { account, livemode } = await stripe.scope();
    const isForeign = ({ account: from, livemode: mode }: StripeEvent): boolean =>
      mode !== livemode || (from !== null && from !== account);
    const key = isForeign(event) ? null : keyOf(event);
    const isNew = await receive(strapi, {
      stripeId: event.id,
      account: event.account ?? account,
      livemode: event.livemode,
      type: event.type,
      key,
    });
    if (isNew && event.type === 'account.application.deauthorized') {
      strapi.log.warn(
        `memberships: an application may no longer act for the Stripe account ${event.account ?? account} (${event.id}); if this site's key came from it, set another`
      );
    }
    return { work: isNew && key !== null };
  },
});
