import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import getRawBody from 'raw-body';
import { apiPath } from '../../config';
import { WEBHOOK_MAX_BYTES } from '../../constants';
import { middlewaresOf } from '../../strapi-services';

const isTooLarge = (error: unknown): boolean =>
  typeof error === 'object' &&
  error !== null &&
  'type' in error &&
  error.type === 'entity.too.large';

/** As the router reads a path: case and a slash at the end do not count. */
const normalise = (path: string): string => path.toLowerCase().replace(/\/+$/, '');

const answerTooLarge = (ctx: Context): void => {
  ctx.status = 413;
  ctx.body = {
    data: null,
    error: {
      status: 413,
      name: 'PayloadTooLargeError',
      message: 'An event is at most one megabyte',
      details: { code: 'payload-too-large', field: 'body' },
    },
  };
};

/**
 * Keeps the webhook's body as the bytes that were signed: Strapi's own parser steps aside for that
 * one path and no other (it must not be read earlier in the stack: `strapi::body` would find the
 * stream consumed). More than a megabyte is answered 413.
 */
export const keepRawBody = (strapi: Core.Strapi): void => {
  middlewaresOf(strapi).extend('strapi::body', (factory) => (config, context) => {
    const parseBody = factory(config, context);
    const path = normalise(apiPath(context.strapi, 'webhook'));
    return async (ctx, next) => {
      if (ctx.method !== 'POST' || normalise(ctx.path) !== path) return parseBody(ctx, next);
      try {
        ctx.request.body = await getRawBody(ctx.req, {
          length: ctx.get('content-length') || null,
          limit: WEBHOOK_MAX_BYTES,
        });
      } catch (error) {
        if (!isTooLarge(error)) throw error;
        answerTooLarge(ctx);
        return undefined;
      }
      return next();
    };
  });
};
