import type { ServerResponse } from 'node:http';
import type { Answer } from '../http/idempotency';
import type { ApiFault } from './plan';

/** Whether a call that is struck takes effect. */
export function takesEffect({ kind, done }: ApiFault): boolean {
  if (kind === 'rate_limit') return false;
  return kind === 'slow' || kind === 'half' || done === true;
}

/** Answers a call that is struck; `answer` is what it would have been, when it took effect. */
export function answerBadly(
  response: ServerResponse,
  fault: ApiFault,
  answer: Answer | undefined
): void {
  if (fault.kind === 'timeout') return;
  response.setHeader('content-type', 'application/json');
  if (fault.kind === 'rate_limit') {
    response.statusCode = 429;
    response.setHeader('retry-after', String(fault.retryAfter ?? 1));
    response.setHeader('stripe-should-retry', 'true');
    response.end(
      JSON.stringify({
        error: {
          code: 'rate_limit',
          message:
            'Request rate limit exceeded. Learn more about rate limits here https://stripe.com/docs/rate-limits.',
          type: 'invalid_request_error',
        },
      })
    );
    return;
  }
  if (fault.kind === 'error') {
    response.statusCode = 500;
    response.end(
      JSON.stringify({ error: { message: 'An unknown error occurred', type: 'api_error' } })
    );
    return;
  }
  if (fault.kind === 'bare') {
    response.statusCode = 500;
    response.end(JSON.stringify({ message: 'upstream connect error' }));
    return;
  }
  const { status, body } = answer ?? { status: 200, body: '{}' };
  response.statusCode = status;
  if (fault.kind === 'slow') {
    setTimeout(() => response.end(body), fault.delay ?? 1000).unref();
    return;
  }
  response.setHeader('content-length', Buffer.byteLength(body));
  response.write(body.slice(0, Math.floor(body.length / 2)), () => response.destroy());
}
