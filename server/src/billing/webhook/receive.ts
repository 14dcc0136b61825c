import type { Core } from '@strapi/strapi';
import { getConfig } from '../../config';
import { badRequest, RequestError } from '../../errors';
import type { StripeAccess } from '../client';
import { recordEvent } from './record';
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
    const { work } = await recordEvent(strapi, await stripe.scope(), event);
    return { work };
  },
});
