import { createHmac } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import Stripe from 'stripe';
import { WEBHOOK_SECRET } from '../support/shop';

/** One request to the webhook, byte for byte. */
export interface Request {
  body: Buffer;
  headers: Record<string, string | string[]>;
  method?: string;
  /** In pieces and without saying how much is to come. */
  chunked?: boolean;
}

/** What the site answers; `ignored` is a 200 that leaves one inbox row and no work. */
export type Fate =
  | 'signature-invalid'
  | 'payload-invalid'
  | 'payload-too-large'
  | 'no-page'
  | 'no-route'
  | 'ignored';

export type Case = [name: string, fate: Fate, make: () => Request];

export const nowInSeconds = () => Math.floor(Date.now() / 1000);

let number = 0;

/** Unlike any before; of a subscription, so that whatever gets through has something to change. */
export const anEvent = (changes: Record<string, unknown> = {}): Record<string, unknown> => ({
  id: `evt_forged${++number}`,
  object: 'event',
  api_version: Stripe.API_VERSION,
  created: nowInSeconds(),
  livemode: false,
  pending_webhooks: 1,
  request: { id: null, idempotency_key: null },
  type: 'customer.subscription.updated',
  data: { object: { id: 'sub_forged', object: 'subscription', status: 'active' } },
  ...changes,
});

/** As Stripe prints it: with two spaces. */
export const print = (event: unknown): Buffer => Buffer.from(JSON.stringify(event, null, 2));

export interface Signing {
  secret?: string;
  /** The text between `t=` and the comma, signed as it stands. */
  timestamp?: string | number;
}

/** The bytes' own HMAC: the library's helper would decode them first. */
export const signatureOf = (body: Buffer, given: Signing = {}): string => {
  const { secret = WEBHOOK_SECRET, timestamp = nowInSeconds() } = given;
  return createHmac('sha256', secret).update(`${timestamp}.`).update(body).digest('hex');
};

export const sign = (body: Buffer, given: Signing = {}): string => {
  const timestamp = given.timestamp ?? nowInSeconds();
  return `t=${timestamp},v1=${signatureOf(body, { ...given, timestamp })}`;
};

const JSON_TYPE = 'application/json; charset=utf-8';

export const request = (
  body: Buffer,
  signature?: string | string[],
  more: Partial<Request> = {}
): Request => ({
  body,
  ...more,
  headers: {
    'content-type': JSON_TYPE,
    ...(signature !== undefined && { 'stripe-signature': signature }),
    ...more.headers,
  },
});

/** Rightly signed: only what it says is wrong. */
export const signed = (body: Buffer, more: Partial<Request> = {}): Request =>
  request(body, sign(body), more);

/** What the site says to it. @throws whatever the connection does */
export const send = async (
  url: string,
  { body, headers: given, method = 'POST', chunked }: Request
) => {
  // Node says it by itself only where a body is usual.
  const headers = chunked ? given : { ...given, 'content-length': String(body.length) };
  return new Promise<{ status: number; text: string }>((resolve, reject) => {
    const sending = httpRequest(`${url}/api/memberships/webhook`, { method, headers }, (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.on('end', () =>
        resolve({ status: answer.statusCode ?? 0, text: Buffer.concat(parts).toString() })
      );
    });
    sending.on('error', reject);
    if (chunked) {
      for (let at = 0; at < body.length; at += 64 * 1024) {
        sending.write(body.subarray(at, at + 64 * 1024));
      }
      sending.end();
    } else {
      sending.end(body);
    }
  });
};
