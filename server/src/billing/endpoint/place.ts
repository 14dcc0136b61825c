import { isIP } from 'node:net';
import type { Core } from '@strapi/strapi';
import type { EndpointWarning } from '../../../../contracts';
import { apiPath } from '../../config';

/** Where Stripe is to deliver: `server.url` and the webhook's path; null without a whole URL. */
export const webhookUrl = (strapi: Core.Strapi): string | null => {
  const base = strapi.config.get<unknown>('server.url');
  if (typeof base !== 'string' || !/^https?:\/\//i.test(base.trim())) return null;
  const url = base.trim().replace(/\/+$/, '') + apiPath(strapi, 'webhook');
  return URL.canParse(url) ? new URL(url).href : null;
};

const PRIVATE = /^(127\.|10\.|192\.168\.|169\.254\.|172\.(1[6-9]|2\d|3[01])\.|0\.|\[(::1?|f[cde]))/;

/** A host that no machine of Stripe's can reach. */
const isLocal = (hostname: string): boolean =>
  PRIVATE.test(hostname) ||
  /(^|\.)(localhost|local|internal|home\.arpa)$/i.test(hostname) ||
  (isIP(hostname) === 0 && !/[.:]/.test(hostname));

/** What is wrong with the address itself, before anybody is asked. */
export const placeWarnings = (url: string | null, livemode: boolean): EndpointWarning[] => {
  if (url === null) {
    return [
      {
        code: 'url-missing',
        message:
          'Set server.url in config/server to the address under which the internet reaches this Strapi, so that Stripe can be told where to deliver.',
      },
    ];
  }
  const { hostname, protocol } = new URL(url);
  if (isLocal(hostname)) {
    return [
      {
        code: 'url-local',
        message: `Stripe cannot reach ${hostname}. On your own machine let "stripe listen --forward-to ${url}" bring the events.`,
      },
    ];
  }
  return livemode && protocol !== 'https:'
    ? [{ code: 'url-insecure', message: 'In live mode Stripe delivers to https addresses only.' }]
    : [];
};
