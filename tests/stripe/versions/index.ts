import type { EventRecord } from '../types';
import type { World } from '../world';
import { additions } from './additions';
import { inGeneration } from './generations';
import { current, isBefore } from './order';
import { isFields, withUntyped } from './untyped';

/** A body as Stripe sends it to somebody who speaks `version`, at every depth. */
export function inVersion(world: World, body: object, version = current): object {
  const inside = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(inside);
    return isFields(value) ? inVersion(world, value, version) : value;
  };
  const original: Record<string, unknown> = { ...body };
  const inner: Record<string, unknown> = Object.fromEntries(
    Object.entries(original).map(([key, value]) => [key, inside(value)])
  );
  if (typeof inner.object !== 'string') return inner;
  const whole = withUntyped(inner);
  if (!isBefore(version, current)) return whole;
  return withoutLater(inGeneration(world, whole, version, original), version);
}

/** An event for an endpoint that speaks `version`. */
export function eventInVersion(world: World, event: EventRecord, version: string | null): unknown {
  const speaks = version ?? current;
  return inVersion(world, { ...event, api_version: speaks }, speaks);
}

/** The object without the fields that later versions brought. */
function withoutLater(row: Record<string, unknown>, version: string): Record<string, unknown> {
  const gone = additions
    .filter(({ since }) => isBefore(version, since))
    .flatMap(({ fields }) => fields[String(row.object)] ?? []);
  return gone.reduce((left, path) => without(left, path.split('.')), row);
}

function without(
  row: Record<string, unknown>,
  [step = '', ...rest]: string[]
): Record<string, unknown> {
  if (!(step in row)) return row;
  if (rest.length > 0) {
    const inner = row[step];
    return isFields(inner) ? { ...row, [step]: without(inner, rest) } : row;
  }
  const { [step]: _gone, ...left } = row;
  return left;
}
