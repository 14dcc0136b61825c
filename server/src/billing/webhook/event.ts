import { idOf, legacy } from '../readers/common';
import { KEYS } from './keys';

/** The few things a delivery is trusted for: who it is and what to fetch. No payload is applied. */
export interface StripeEvent {
  id: string;
  type: string;
  livemode: boolean;
  /** Of a connected account; absent for our own. */
  account: string | null;
  object: object;
  /** What an update changed, as it was before; null for everything but updates. */
  previous: object | null;
}

const isRecord = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

// Kept in columns of 255 characters, of which PostgreSQL's take no NUL: what does not fit would be
// answered 500 and sent again for three days.
const EVENT_ID = /^evt_\w{1,200}$/;
const ACCOUNT_ID = /^acct_\w{1,200}$/;
const TYPE = /^[\w.]{1,200}$/;

/** Some ids are chosen by whoever makes the object (plans, coupons): any text that can be kept. */
// eslint-disable-next-line no-control-regex
const OBJECT_ID = /^[^\u0000-\u001f]{1,255}$/;

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
  const account = legacy(value, 'account') ?? null;
  const objectId = idOf(object);
  if (legacy(value, 'object') !== 'event') return null;
  if (typeof id !== 'string' || !EVENT_ID.test(id)) return null;
  if (typeof type !== 'string' || !TYPE.test(type)) return null;
  if (typeof livemode !== 'boolean') return null;
  if (account !== null && (typeof account !== 'string' || !ACCOUNT_ID.test(account))) return null;
  if (!isRecord(object)) return null;
  if (objectId !== null && !OBJECT_ID.test(objectId)) return null;
  const previous = legacy(value, 'data', 'previous_attributes');
  return { id, type, livemode, account, object, previous: isRecord(previous) ? previous : null };
};

/** The inbox keeps keys in a column of that many characters. */
const MAX_KEY = 255;

/**
 * What to fetch because of an event: the key of one Stripe object. A checkout's ten to fourteen events
 * share two keys or three, and so as few fetches.
 *
 * @returns null for events that change nothing here
 */
export const keyOf = ({
  type,
  object,
  previous = null,
}: Pick<StripeEvent, 'type' | 'object'> & Partial<Pick<StripeEvent, 'previous'>>):
  string | null => {
  const family = KEYS.find(([name]) =>
    name.endsWith('*') ? type.startsWith(name.slice(0, -1)) : type === name
  );
  const key = family?.[1](object, previous) ?? null;
  return key !== null && key.length <= MAX_KEY ? key : null;
};
