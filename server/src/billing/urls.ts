import type { Core } from '@strapi/strapi';
import { getConfig } from '../config';
import { badRequest } from '../errors';

const parse = (value: string): URL | null => (URL.canParse(value) ? new URL(value) : null);

/** Stripe refuses longer ones. */
const MAX_LENGTH = 5000;

/**
 * Stripe is given the URL as it was written, with its `{CHECKOUT_SESSION_ID}`. What a browser drops
 * (spaces around it, line breaks) or reads as something else (a backslash) leaves it to each parser
 * where the URL leads: it is no part of a URL.
 */
const isPlain = (value: string): boolean =>
  value.length <= MAX_LENGTH && !/[\s\\\p{Cc}]/u.test(value);

/** The origins a member may be sent back to: the owner's list, and the site's own. */
const allowedOrigins = (strapi: Core.Strapi): Set<string> => {
  const own = parse(strapi.config.get<string>('server.absoluteUrl', ''));
  return new Set([...getConfig(strapi).checkout.allowedOrigins, ...(own ? [own.origin] : [])]);
};

/**
 * Refuses to send a member anywhere but to an origin of the owner's: an open redirect behind a
 * payment page would lend a thief the site's good name.
 *
 * @param field the key of the body it came from
 * @throws RequestError 400 `origin-not-allowed`
 */
export const assertAllowedUrl = (strapi: Core.Strapi, value: string, field: string): void => {
  const url = isPlain(value) ? parse(value) : null;
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password) {
    throw badRequest(`${field} must be an absolute http(s) URL`, {
      code: 'origin-not-allowed',
      field,
    });
  }
  if (!allowedOrigins(strapi).has(url.origin)) {
    throw badRequest(
      `${field} is on ${url.origin}, which is not among the plugin's checkout.allowedOrigins`,
      { code: 'origin-not-allowed', field }
    );
  }
};
