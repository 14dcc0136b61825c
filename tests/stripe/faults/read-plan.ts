import Ajv from 'ajv';
import { StripeFailure } from '../http/errors';
import type { FaultPlan } from './plan';

const number = { type: 'number' };
const strikes = {
  probability: { type: 'number', minimum: 0, maximum: 1 },
  count: number,
  skip: number,
};

const rule = (kinds: string[], more: object) => ({
  type: 'array',
  items: {
    type: 'object',
    properties: { kind: { enum: kinds }, ...strikes, ...more },
    required: ['kind'],
    additionalProperties: false,
  },
});

const check = new Ajv({ allErrors: true }).compile<FaultPlan>({
  type: 'object',
  properties: {
    seed: { type: 'integer' },
    api: rule(['rate_limit', 'error', 'timeout', 'slow', 'half', 'bare'], {
      call: { type: 'string' },
      done: { type: 'boolean' },
      delay: number,
      retryAfter: number,
    }),
    delivery: rule(
      [
        'drop',
        'duplicate',
        'delay',
        'reorder',
        'corrupt',
        'wrong_secret',
        'old_timestamp',
        'future_timestamp',
        'version',
      ],
      {
        events: { type: 'array', items: { type: 'string' } },
        copies: number,
        delay: number,
        by: number,
        seconds: number,
        version: { type: 'string' },
      }
    ),
  },
  additionalProperties: false,
});

/** The plan a call of the control door describes, or a 400 that says what is wrong with it. */
export function readPlan(given: unknown): FaultPlan {
  if (check(given)) return given;
  const message = (check.errors ?? [])
    .map((error) => `${error.instancePath || 'plan'} ${error.message}`)
    .join('; ');
  throw new StripeFailure(400, { type: 'invalid_request_error', message });
}
