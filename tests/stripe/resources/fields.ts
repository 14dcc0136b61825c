import type { Schema } from '../schema/schema-types';
import type { PaymentIntent } from '../types';

/** A parameter's type, for the `older` of a route. */
export const textParam: Schema = { type: 'string' };
export const textsParam: Schema = { type: 'array', items: textParam };
export const numberParam: Schema = { type: 'number' };
export const booleanParam: Schema = { type: 'boolean' };

/** A text field of a form: absent keeps what was, an empty string clears it. */
export function text(given: string | null | undefined, was: string | null): string | null {
  if (given === undefined) return was;
  return given === '' ? null : given;
}

type Metadata = Record<string, string>;
type MetadataParam = '' | null | Record<string, string | number | null> | undefined;

/**
 * Metadata merges key by key: an empty value removes its key, an empty string all of them
 * (https://docs.stripe.com/api/metadata).
 */
export function metadata(given: MetadataParam, was: Metadata = {}): Metadata {
  if (given === undefined) return was;
  if (given === '' || given === null) return {};
  const merged = new Map(Object.entries(was));
  for (const [key, value] of Object.entries(given)) {
    if (value === '' || value === null) merged.delete(key);
    else merged.set(key, String(value));
  }
  return Object.fromEntries(merged);
}

interface AddressGiven {
  city?: string | undefined;
  country?: string | undefined;
  line1?: string | undefined;
  line2?: string | undefined;
  postal_code?: string | undefined;
  state?: string | undefined;
}

/** An address with every field Stripe sends. */
export function addressOf(given: AddressGiven) {
  return {
    city: given.city ?? null,
    country: given.country ?? null,
    line1: given.line1 ?? null,
    line2: given.line2 ?? null,
    postal_code: given.postal_code ?? null,
    state: given.state ?? null,
  };
}

interface ShippingGiven {
  address?: AddressGiven | undefined;
  carrier?: string | undefined;
  name?: string | undefined;
  phone?: string | null | undefined;
  tracking_number?: string | undefined;
}

/** Where a payment's goods go. */
export function shippingOf(given: ShippingGiven | '' | null | undefined, was: Shipping): Shipping {
  if (given === undefined) return was;
  if (!given) return null;
  return {
    address: addressOf(given.address ?? {}),
    carrier: given.carrier ?? null,
    ...(given.name === undefined ? {} : { name: given.name }),
    phone: given.phone || null,
    tracking_number: given.tracking_number ?? null,
  };
}

type Shipping = PaymentIntent['shipping'];
