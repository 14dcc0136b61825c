import type { Core } from '@strapi/strapi';
import type { EndpointWarning, RegisteredEndpoint } from '../../../../contracts';
import { getConfig, now } from '../../config';
import { countUndelivered, lastDelivered, toMsOrNull } from '../../store';
import type { StripeAccess } from '../client';
import { placeWarnings, webhookUrl } from './place';
import { endpointWarnings, findEndpoints } from './registered';

/** A page waits for Stripe no longer than this. Milliseconds. */
export const PAGE_TIMEOUT_MS = 4_000;

/** Signatures are refused from five minutes on (`webhook/verify.ts`). Milliseconds. */
const MAX_SKEW = 60_000;
/** Deliveries of the other mode that are older are somebody's past mistake. */
const RECENT = 7 * 86_400_000;
/** Fewer may be on their way. */
const UNDELIVERED = 3;

/** The webhook as it is, with whatever Stripe did not tell left out. */
export interface Inspection {
  url: string | null;
  registered: RegisteredEndpoint | null;
  /** Why Stripe could not be asked; null when it answered. */
  failure: string | null;
  account: string | null;
  warnings: EndpointWarning[];
}

const reasonOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

const inTime = async <T>(work: Promise<T>): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('Stripe did not answer in time')), PAGE_TIMEOUT_MS);
  });
  // Nobody waits for it any more once it is late.
  work.catch(() => undefined);
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
};

const setupWarnings = (strapi: Core.Strapi): EndpointWarning[] => {
  const { secretKey, webhookSecrets } = getConfig(strapi).stripe;
  return [
    ...(secretKey === null
      ? [{ code: 'key-missing' as const, message: 'Set STRIPE_SECRET_KEY: nothing is sold yet.' }]
      : []),
    ...(webhookSecrets.length === 0
      ? [
          {
            code: 'secret-missing' as const,
            message: 'Set STRIPE_WEBHOOK_SECRET: until then every delivery is refused.',
          },
        ]
      : []),
  ];
};

/** What the inbox tells of deliveries. */
const trafficWarnings = async (
  strapi: Core.Strapi,
  livemode: boolean,
  account: string | null
): Promise<EndpointWarning[]> => {
  const other = toMsOrNull(await lastDelivered(strapi, !livemode));
  const undelivered = account === null ? 0 : await countUndelivered(strapi, { account, livemode });
  return [
    ...(other !== null && now(strapi) - other < RECENT
      ? [
          {
            code: 'wrong-mode' as const,
            message: `Events of ${livemode ? 'test' : 'live'} mode arrive here, and are ignored: the key is a ${livemode ? 'live' : 'test'} one.`,
          },
        ]
      : []),
    ...(undelivered >= UNDELIVERED
      ? [
          {
            code: 'unreachable' as const,
            message: `The last ${undelivered} events had to be fetched, because no delivery brought them. Look at the endpoint's deliveries in Stripe.`,
          },
        ]
      : []),
  ];
};

const skewWarnings = (skew: number | null): EndpointWarning[] =>
  skew !== null && Math.abs(skew) > MAX_SKEW
    ? [
        {
          code: 'clock-skew',
          message: `This machine's clock is ${Math.round(Math.abs(skew) / 1000)} s ${skew > 0 ? 'ahead of' : 'behind'} Stripe's. Signatures are refused from 300 s on.`,
        },
      ]
    : [];

/**
 * Looks at the webhook from both sides. Asks Stripe at most twice, and not for long: what it does not
 * answer is left out and said so.
 */
export const inspect = async (strapi: Core.Strapi, stripe: StripeAccess): Promise<Inspection> => {
  const url = webhookUrl(strapi);
  const options = { timeout: PAGE_TIMEOUT_MS, maxNetworkRetries: 0 };
  const [endpoints, scope] = stripe.configured
    ? await Promise.allSettled([
        inTime(findEndpoints(stripe.client(), url ?? '', options)),
        inTime(stripe.scope()),
      ])
    : [null, null];

  const registered = endpoints?.status === 'fulfilled' ? (endpoints.value[0] ?? null) : null;
  const failure = endpoints?.status === 'rejected' ? reasonOf(endpoints.reason) : null;
  const account = scope?.status === 'fulfilled' ? scope.value.account : null;
  const asked = endpoints?.status === 'fulfilled' && url !== null;
  return {
    url,
    registered,
    failure,
    account,
    warnings: [
      ...setupWarnings(strapi),
      ...placeWarnings(url, stripe.livemode),
      ...(failure === null
        ? []
        : [{ code: 'stripe-unavailable' as const, message: `Stripe did not answer: ${failure}` }]),
      ...(asked ? endpointWarnings(url, registered) : []),
      ...(await trafficWarnings(strapi, stripe.livemode, account)),
      ...skewWarnings(stripe.skew.clock),
    ],
  };
};
