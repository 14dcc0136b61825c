import type { Schema } from './schema-types';

const page: Record<string, Schema> = {
  data: { type: 'array' },
  has_more: { type: 'boolean' },
  url: { type: 'string' },
};

/** `ApiList` of the library. */
export const listSchema: Schema = {
  type: 'object',
  properties: { object: { const: 'list' }, ...page },
  required: ['object', 'data', 'has_more', 'url'],
  additionalProperties: false,
};

/** `ApiSearchResult` of the library. */
export const searchSchema: Schema = {
  type: 'object',
  properties: {
    object: { const: 'search_result' },
    ...page,
    next_page: { anyOf: [{ type: 'null' }, { type: 'string' }] },
    total_count: { type: 'number' },
  },
  required: ['object', 'data', 'has_more', 'url', 'next_page'],
  additionalProperties: false,
};

const text: Schema = { type: 'string' };

/** https://docs.stripe.com/api/errors */
export const errorSchema: Schema = {
  type: 'object',
  properties: {
    error: {
      type: 'object',
      properties: {
        type: { enum: ['api_error', 'card_error', 'idempotency_error', 'invalid_request_error'] },
        message: text,
        code: text,
        param: text,
        decline_code: text,
        advice_code: text,
        network_decline_code: text,
        doc_url: text,
        request_log_url: text,
        charge: text,
        payment_method_type: text,
        payment_intent: { type: 'object', additionalProperties: true },
        payment_method: { type: 'object', additionalProperties: true },
        setup_intent: { type: 'object', additionalProperties: true },
      },
      required: ['type', 'message'],
      additionalProperties: false,
    },
  },
  required: ['error'],
  additionalProperties: false,
};
