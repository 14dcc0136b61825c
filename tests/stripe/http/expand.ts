import type { AnyObject } from '../types';
import type { World } from '../world';
import { invalid, StripeFailure } from './errors';
import { mayHave, unsent } from './unsent';

/** How an id becomes the object it names, as it stands in the body that is expanded. */
type Shape = (row: object) => object;

const asIs: Shape = (row) => row;

/**
 * Puts the objects the `expand` paths name in the place of their ids, to any depth, through
 * lists (`data.customer`) as Stripe does: https://docs.stripe.com/api/expanding_objects
 *
 * @param shape puts what is looked up into the API version of the body
 */
export function expand(world: World, body: object, paths: string[], shape = asIs): object {
  return paths.reduce<object>((done, path) => {
    const steps = path.split('.');
    // A list's `data` is one of them: of `data.items.data.price.product` the last is refused.
    if (steps.length > 4) {
      throw invalid('You cannot expand more than 4 levels of a property.', 'expand');
    }
    return createStep(world, path, shape)(done, steps);
  }, body);
}

/** Expands what today's shapes have; an earlier version may have the rest (`invoice.charge`). */
export function expandKnown(world: World, body: object, paths: string[]) {
  const left: string[] = [];
  const expanded = paths.reduce<object>((done, path) => {
    try {
      return expand(world, done, [path]);
    } catch (error) {
      if (!(error instanceof StripeFailure)) throw error;
      left.push(path);
      return done;
    }
  }, body);
  return { expanded, left };
}

function createStep(world: World, path: string, shape: Shape) {
  const refusal = () => invalid(`This property cannot be expanded (${path}).`, 'expand');

  function step(owner: object, [name, ...rest]: string[]): object {
    // What was deleted has nothing left to expand.
    if (name === undefined || 'deleted' in owner) return owner;
    const entries = new Map<string, unknown>(Object.entries(owner));
    const found = entries.has(name) ? entries.get(name) : unsent(world, owner, name);
    if (found === undefined) {
      if (mayHave(owner, name)) return owner;
      throw refusal();
    }
    return Object.fromEntries(entries.set(name, expanded(found, name, rest)));
  }

  function expanded(value: unknown, name: string, rest: string[]): unknown {
    if (Array.isArray(value)) return value.map((each: unknown) => expanded(each, name, rest));
    if (value === null) return null;
    if (typeof value === 'object') return step(value, rest);
    const row = typeof value === 'string' ? lookUp(world, value, name) : undefined;
    if (row) return step(shape(row), rest);
    throw refusal();
  }

  return step;
}

/** The object an id names: most by what the field is called, custom ids included. */
function lookUp(world: World, id: string, field: string): object | undefined {
  const { tables } = world;
  if (field === 'customer' && tables.customers.wasRemoved(id)) {
    return { id, object: 'customer', deleted: true };
  }
  if (field === 'product' && tables.products.wasRemoved(id)) {
    return { id, object: 'product', deleted: true };
  }
  for (const table of Object.values(tables)) {
    const row: AnyObject | undefined = table.get(id);
    if (row) return row;
  }
  return undefined;
}
