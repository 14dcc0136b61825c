import { createHmac } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { WebhookEndpoint } from '../types';
import type { Sent } from './tamper';

/** One attempt to hand an event to an endpoint, as the log keeps it. */
export interface Delivery {
  event: string;
  type: string;
  endpoint: string;
  url: string;
  /** From 1. */
  attempt: number;
  /** The answer's status, or `null` when there was none. */
  status: number | null;
  /** Why there was no answer. */
  error: string | null;
  /** The first part of the answer's body. */
  response: string;
  ok: boolean;
  /** Whether another attempt follows. */
  willRetry: boolean;
  /** What was made to go wrong with it. */
  faults: string[];
}

/** The header Stripe signs a payload with; `timestamp` in seconds of the machine's clock. */
export function signatureHeader(payload: string, secret: string, timestamp: number): string {
  const signature = createHmac('sha256', secret).update(`${timestamp}.${payload}`).digest('hex');
  return `t=${timestamp},v1=${signature}`;
}

interface Answer {
  status: number | null;
  error: string | null;
  response: string;
}

/**
 * Posts one signed event to one endpoint. The signature carries the machine's time, not the
 * simulator's: receivers check it against theirs.
 */
export function post(
  { payload, signature }: Sent,
  endpoint: WebhookEndpoint,
  signal: AbortSignal
): Promise<Answer> {
  const url = new URL(endpoint.url);
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve) => {
    const failed = (error: Error) => resolve({ status: null, error: error.message, response: '' });
    const request = send(url, {
      method: 'POST',
      agent: false,
      signal,
      timeout: 20_000,
      headers: {
        'Content-Type': 'application/json; charset=utf-8',
        'Content-Length': Buffer.byteLength(payload),
        'User-Agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)',
        Accept: '*/*; q=0.5, application/xml',
        'Cache-Control': 'no-cache',
        'Stripe-Signature': signature,
      },
    });
    request.on('error', failed);
    request.on('timeout', () => request.destroy(new Error('Timed out')));
    request.on('response', (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (body = (body + chunk).slice(0, 1000)));
      response.on('error', failed);
      response.on('end', () =>
        resolve({ status: response.statusCode ?? null, error: null, response: body })
      );
    });
    request.end(payload);
  });
}
