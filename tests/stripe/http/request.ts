import type { IncomingMessage } from 'node:http';
import qs from 'qs';
import { unauthorized } from './errors';

const options = { depth: 20, arrayLimit: 1000, parameterLimit: 10_000 };

/** The whole body as text. */
export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}

/** `a[b][0]=c` as an object, the way Stripe reads forms and queries. */
export function parseForm(text: string): Record<string, unknown> {
  return qs.parse(text, options);
}

export interface Credentials {
  key: string;
  livemode: boolean;
}

/** The mode a secret key speaks for, from a Bearer or Basic header. */
export function readKey(header: string | undefined, accepted: Set<string>): Credentials {
  const key = keyOf(header);
  if (!key) {
    throw unauthorized(
      "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY'). See https://stripe.com/docs/api#authentication for details, or we can help at https://support.stripe.com/."
    );
  }
  if (accepted.has(key)) return { key, livemode: key.includes('_live_') };
  throw unauthorized(`Invalid API Key provided: ${masked(key)}`);
}

function keyOf(header: string | undefined): string {
  const [scheme = '', value = ''] = (header ?? '').split(' ');
  if (scheme.toLowerCase() === 'bearer') return value.trim();
  if (scheme.toLowerCase() !== 'basic') return '';
  return Buffer.from(value, 'base64').toString('utf8').split(':')[0] ?? '';
}

/** Stripe shows the head and the last four characters of a wrong key. */
function masked(key: string): string {
  if (key.length <= 12) return '*'.repeat(key.length);
  return `${key.slice(0, 8)}${'*'.repeat(key.length - 12)}${key.slice(-4)}`;
}
