import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { getConfig } from '../config';
import { RequestError } from '../errors';

const MINUTE_SECONDS = 60;

/**
 * Slows down a caller of the routes that reach Stripe or try tokens. Counted per instance and
 * address: it protects against a flood, and nothing's correctness depends on it.
 *
 * @returns a check that throws RequestError 429 with a `Retry-After` header
 */
export const createLimit = (strapi: Core.Strapi) => {
  const limiter = new RateLimiterMemory({
    points: getConfig(strapi).limits.perMinute,
    duration: MINUTE_SECONDS,
  });
  return async (ctx: Context): Promise<void> => {
    try {
      await limiter.consume(ctx.ip);
    } catch (refused) {
      if (!(refused instanceof RateLimiterRes)) throw refused;
      ctx.set('Retry-After', String(Math.ceil(refused.msBeforeNext / 1000)));
      throw new RequestError(429, 'Too many requests; try again in a minute', {
        code: 'rate-limited',
      });
    }
  };
};
