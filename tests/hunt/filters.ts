import * as fc from 'fast-check';
import { guessOf } from './pools';
import { isNesting, targetsOf, type Attribute, type Model } from './schema';
import { askable, once, type Param, type Tongue } from './tongue';

const ONE = [
  ...['$eq', '$eqi', '$ne', '$nei', '$gt', '$gte', '$lt', '$lte'],
  ...['$contains', '$notContains', '$containsi', '$notContainsi'],
  ...['$startsWith', '$startsWithi', '$endsWith', '$endsWithi'],
];
const SEVERAL = ['$in', '$notIn', '$between'];
const EXISTS = ['$null', '$notNull'];
/** Of other Strapis, of its inside, and in another case. */
const STRANGE = ['$elemMatch', '$jsonSupersetOf', '$EQ', '$Contains', '$like', '$exists'];

const condition = (tongue: Tongue, attribute: Attribute): fc.Arbitrary<Param> => {
  const guess = guessOf(attribute, tongue.pools);
  const plain = fc.oneof(
    { weight: 1, arbitrary: guess },
    {
      weight: 6,
      arbitrary: fc.tuple(fc.constantFrom(...ONE), guess).map(([key, value]) => ({ [key]: value })),
    },
    {
      weight: 2,
      arbitrary: fc
        .tuple(fc.constantFrom(...SEVERAL), guess, guess)
        .map(([key, one, other]) => ({ [key]: [one, other].sort() })),
    },
    {
      weight: 2,
      arbitrary: fc
        .tuple(fc.constantFrom(...EXISTS), fc.constantFrom('true', 'false'))
        .map(([key, value]) => ({ [key]: value })),
    }
  );
  const strange = fc
    .tuple(fc.constantFrom(...STRANGE), guess)
    .map(([key, value]) => ({ [key]: value }));
  const wrapped = plain.map((value): Param => ({
    $not: typeof value === 'string' ? { $eq: value } : value,
  }));
  return fc.oneof(
    { weight: 8, arbitrary: plain },
    { weight: 1, arbitrary: wrapped },
    { weight: tongue.wild ? 1 : 0, arbitrary: strange }
  );
};

/** A filter, through relations, components, media and groups. */
export const filters = (tongue: Tongue, model: Model, depth: number): fc.Arbitrary<Param> =>
  once(tongue, `filters ${model.uid} ${depth}`, () => makeFilters(tongue, model, depth));

const makeFilters = (tongue: Tongue, model: Model, depth: number): fc.Arbitrary<Param> => {
  const keys = askable(tongue, model);
  const leaves = keys.filter(([, attribute]) => !isNesting(attribute));
  const nests = keys.filter(([, { type }]) => type !== 'dynamiczone' || tongue.wild);
  const ids = [...tongue.pools.documentIds(model.uid)];
  const own = fc.oneof(
    ...leaves.map(([key, attribute]) =>
      condition(tongue, attribute).map((value): Param => ({ [key]: value }))
    ),
    fc.constantFrom(...ids).map((id): Param => ({ documentId: { $ne: id } }))
  );
  if (depth <= 1) return own;

  const below = nests
    .filter(([, attribute]) => isNesting(attribute))
    .flatMap(([key, attribute]) =>
      targetsOf(attribute).flatMap((uid) => {
        const target = tongue.schema.get(uid);
        return target
          ? [
              fc
                .oneof(
                  filters(tongue, target, depth - 1),
                  fc.constant({ id: { $notNull: 'true' } })
                )
                .map((value): Param => ({ [key]: value })),
            ]
          : [];
      })
    );
  const inner = filters(tongue, model, depth - 1);
  const group = fc
    .tuple(fc.constantFrom('$and', '$or'), fc.array(inner, { minLength: 1, maxLength: 3 }))
    .map(([key, list]): Param => ({ [key]: list }));
  return fc.oneof(
    { weight: 6, arbitrary: own },
    { weight: below.length > 0 ? 3 : 0, arbitrary: below.length > 0 ? fc.oneof(...below) : own },
    { weight: 2, arbitrary: group },
    { weight: 1, arbitrary: inner.map((value): Param => ({ $not: value })) }
  );
};

/** Attribute paths that a list may be sorted by: `author.name`. */
const paths = (tongue: Tongue, model: Model, depth: number): string[] =>
  askable(tongue, model).flatMap(([key, attribute]) => {
    if (!isNesting(attribute))
      return attribute.type === 'json' || attribute.type === 'blocks' ? [] : [key];
    if (depth <= 1 || (attribute.type === 'dynamiczone' && !tongue.wild)) return [];
    return targetsOf(attribute).flatMap((uid) => {
      const target = tongue.schema.get(uid);
      if (!target || uid.startsWith('admin::')) return [];
      return paths(tongue, target, depth - 1).map((path) => `${key}.${path}`);
    });
  });

const nested = (path: string, way: string): Param =>
  path.split('.').reduceRight<Param>((inner, key) => ({ [key]: inner }), way);

/** A sort: strings, lists, objects, through whatever may be sorted by. */
export const sorts = (tongue: Tongue, model: Model, depth: number): fc.Arbitrary<Param> =>
  once(tongue, `sorts ${model.uid} ${depth}`, () => makeSorts(tongue, model, depth));

const makeSorts = (tongue: Tongue, model: Model, depth: number): fc.Arbitrary<Param> => {
  const near = paths(tongue, model, 1);
  const far = paths(tongue, model, Math.min(depth, 3));
  if (near.length === 0) return fc.constant('id');
  const path = fc.oneof(fc.constantFrom(...near), fc.constantFrom(...far));
  const way = fc.constantFrom('asc', 'desc', 'ASC');
  const string = fc
    .tuple(path, fc.constantFrom('', ':asc', ':desc'))
    .map((parts) => parts.join(''));
  const object = fc.tuple(path, way).map(([key, value]) => nested(key, value));
  const dotted = fc.tuple(path, way).map(([key, value]): Param => ({ [key]: value }));
  return fc.oneof(
    { weight: 4, arbitrary: string },
    {
      weight: 2,
      arbitrary: fc.array(string, { minLength: 1, maxLength: 3 }).map((all) => all.join(',')),
    },
    { weight: 2, arbitrary: fc.array(string, { minLength: 1, maxLength: 3 }) },
    { weight: 2, arbitrary: object },
    { weight: 1, arbitrary: fc.array(object, { minLength: 1, maxLength: 2 }) },
    { weight: tongue.wild ? 1 : 0, arbitrary: dotted }
  );
};
