import Stripe from 'stripe';
import { refreshEntitlements } from '../engine/entitlements';
import type { Collection } from '../store/collection';
import { newId } from '../store/ids';
import type { AnyObject, EventRecord } from '../types';
import type { EventType, World } from '../world';

/** The test clock an object lives on: its own, else its customer's. */
export function testClockOf(world: World, object: object): string | null {
  if ('test_clock' in object && typeof object.test_clock === 'string') return object.test_clock;
  if (!('customer' in object) || typeof object.customer !== 'string') return null;
  return world.tables.customers.get(object.customer)?.test_clock ?? null;
}

/** Records an event about an object as it is now, and sends it to whoever listens. */
export function emit(
  world: World,
  type: EventType,
  object: object,
  previous?: Record<string, unknown>
): void {
  const event: EventRecord = {
    id: newId('evt'),
    object: 'event',
    api_version: Stripe.API_VERSION,
    created: world.now(testClockOf(world, object)),
    data: previous ? { object, previous_attributes: previous } : { object },
    livemode: world.livemode,
    pending_webhooks: 0,
    request: world.request,
    type,
  };
  world.publish(event);
  if (type.startsWith('customer.subscription.') && 'customer' in object) {
    refreshEntitlements(world, String(object.customer));
  }
}

/** Puts a new object and records the event of its making, if it has one. */
export function create<Row extends AnyObject>(
  world: World,
  table: Collection<Row>,
  row: Row,
  type?: EventType
): Row {
  table.put(row);
  if (type) emit(world, type, row);
  return row;
}

/** Puts the changed object; records the event, with what it was before, if anything changed. */
export function change<Row extends AnyObject>(
  world: World,
  table: Collection<Row>,
  id: string,
  changes: Partial<Row>,
  type?: EventType
): Row {
  const before = table.get(id);
  if (!before) throw new Error(`No ${table.label} ${id}`);
  const after = { ...before, ...changes };
  const previous = difference(before, after);
  if (Object.keys(previous).length === 0) return before;
  table.put(after);
  if (type) emit(world, type, after, previous);
  return after;
}

/** What changed, with the old values: hashes key by key, everything else whole. */
function difference(before: object, after: object): Record<string, unknown> {
  const old = new Map(Object.entries(before));
  const previous: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(after)) {
    const was = old.get(key);
    if (JSON.stringify(was) === JSON.stringify(value)) continue;
    previous[key] = isHash(was) && isHash(value) ? difference(was, value) : (was ?? null);
  }
  for (const [key, was] of old) if (!(key in after)) previous[key] = was;
  return previous;
}

function isHash(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
