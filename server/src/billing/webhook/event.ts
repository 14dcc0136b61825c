import { idOf, legacy } from '../readers/common';
import { subscriptionOf } from '../readers/invoice';

/** The few things a delivery is trusted for: who it is and what to fetch. No payload is applied. */
export interface StripeEvent {
  id: string;
  type: string;
  livemode: boolean;
  /** Of a connected account; absent for our own. */
  account: string | null;
  object: object;
}

/**
 * Checks the shape of what passed the signature: the library lets a signed `null` and `5` through,
 * and a thin event has no object to name what to fetch.
 *
 * @returns null when it is no event
 */
export const readEvent = (value: unknown): StripeEvent | null => {
  const [id, type, livemode] = [
    legacy(value, 'id'),
    legacy(value, 'type'),
    legacy(value, 'livemode'),
  ];
  const object = legacy(value, 'data', 'object');
  const account = legacy(value, 'account');
  if (legacy(value, 'object') !== 'event') return null;
  if (typeof id !== 'string' || !id.startsWith('evt_')) return null;
  if (typeof type !== 'string' || typeof livemode !== 'boolean') return null;
  if (typeof object !== 'object' || object === null || Array.isArray(object)) return null;
  return { id, type, livemode, account: typeof account === 'string' ? account : null, object };
};

/**
 * What to fetch because of an event: a subscription or a checkout session. A checkout's ten events
 * share these keys and so one or two fetches.
 *
 * @returns null for events that change nothing here
 */
export const keyOf = ({ type, object }: Pick<StripeEvent, 'type' | 'object'>): string | null => {
  if (type.startsWith('customer.subscription.')) return idOf(object);
  if (type.startsWith('checkout.session.')) return idOf(object);
  if (type.startsWith('invoice.')) return subscriptionOf(object);
  return null;
};
