import * as fc from 'fast-check';
import { filters, sorts } from './filters';
import { isNesting, targetsOf, type Attribute, type Model } from './schema';
import { named, once, type Param, type Tongue } from './tongue';

const PAGES: readonly Param[] = ['1', '2', '5', '25'];

export const fieldsOf = (tongue: Tongue, model: Model): fc.Arbitrary<Param> => {
  const keys = named(tongue, model)
    .filter(([, attribute]) => !isNesting(attribute))
    .map(([key]) => key);
  if (keys.length === 0) return fc.constant('*');
  const some = fc.array(fc.constantFrom(...keys), { minLength: 1, maxLength: 4 });
  return fc.oneof(
    { weight: 4, arbitrary: some },
    { weight: 2, arbitrary: some.map((all) => all.join(',')) },
    { weight: 1, arbitrary: fc.constant('*') }
  );
};

/** Dot paths: `author.articles.seo`. */
const pathOf = (tongue: Tongue, model: Model, depth: number): fc.Arbitrary<string> => {
  const nests = named(tongue, model).filter(([, attribute]) => isNesting(attribute));
  if (nests.length === 0) return fc.constant('localizations');
  return fc.oneof(
    ...nests.map(([key, attribute]) => {
      const target = tongue.schema.get(targetsOf(attribute)[0]);
      const further =
        target &&
        attribute.type !== 'dynamiczone' &&
        named(tongue, target).some(([, one]) => isNesting(one));
      if (depth <= 1 || !further) return fc.constant(key);
      const longer = pathOf(tongue, target, depth - 1).map((path) => `${key}.${path}`);
      return fc.oneof({ weight: 2, arbitrary: fc.constant(key) }, { weight: 1, arbitrary: longer });
    })
  );
};

const paged = fc.oneof(
  fc.record({ start: fc.constantFrom('0', '1'), limit: fc.constantFrom(...PAGES) }),
  fc.record({ page: fc.constantFrom('1', '2'), pageSize: fc.constantFrom(...PAGES) })
);

/** What may be written below one relation, component or file. */
const below = (tongue: Tongue, model: Model, depth: number): fc.Arbitrary<Param> =>
  once(tongue, `below ${model.uid} ${depth}`, () => {
    const parts = fc.record(
      {
        fields: fieldsOf(tongue, model),
        filters: filters(tongue, model, Math.min(depth, 2)),
        // Strapi answers a sort through two tables with an error here.
        sort: sorts(tongue, model, tongue.wild ? 2 : 1),
        populate: populate(tongue, model, depth - 1),
        ...(!tongue.wild
          ? {}
          : { status: fc.constantFrom('draft'), _q: fc.constantFrom(...tongue.pools.words) }),
      },
      { requiredKeys: [] }
    );
    return fc.oneof(
      {
        weight: 3,
        arbitrary: !tongue.wild ? fc.constant<Param>('true') : fc.constantFrom<Param>('true', '*'),
      },
      { weight: 7, arbitrary: parts },
      {
        weight: 1,
        arbitrary: fc.tuple(parts, paged).map(([one, page]): Param => ({ ...one, ...page })),
      },
      { weight: 1, arbitrary: fc.constant<Param>({ count: 'true' }) }
    );
  });

/** Without what was left out. */
const given = (values: Record<string, Param | undefined>): Param => {
  const set: Record<string, Param> = {};
  for (const [key, value] of Object.entries(values)) if (value !== undefined) set[key] = value;
  return set;
};

/** Dynamic zones and polymorphic relations say what they ask of each kind of entry. */
const fragments = (tongue: Tongue, uids: readonly string[], depth: number): fc.Arbitrary<Param> => {
  const models = uids.flatMap((uid) => tongue.schema.get(uid) ?? []);
  const on = fc.record(
    Object.fromEntries(models.map((model) => [model.uid, below(tongue, model, depth)])),
    { requiredKeys: [] }
  );
  return fc.oneof(
    { weight: 1, arbitrary: fc.constantFrom<Param>('true', '*', { populate: '*' }) },
    { weight: 2, arbitrary: on.map((value): Param => ({ on: given(value) })) }
  );
};

const one = (tongue: Tongue, attribute: Attribute, depth: number): fc.Arbitrary<Param> => {
  const targets = targetsOf(attribute);
  if (attribute.type === 'dynamiczone') return fragments(tongue, targets, depth);
  // A polymorphic relation may lead to any type of the site.
  if (targets.length === 0)
    return fragments(
      tongue,
      tongue.schema.own.map(({ uid }) => uid),
      depth
    );
  const model = tongue.schema.get(targets[0]);
  return model ? below(tongue, model, depth) : fc.constant('true');
};

/** A populate in every form. */
export const populate = (tongue: Tongue, model: Model, depth: number): fc.Arbitrary<Param> =>
  once(tongue, `populate ${model.uid} ${depth}`, () => {
    const nests = named(tongue, model).filter(([, attribute]) => isNesting(attribute));
    const star = fc.constant<Param>('*');
    if (nests.length === 0 || depth < 1) return star;
    const path = pathOf(tongue, model, Math.min(depth, 3));
    const some = fc.array(path, { minLength: 1, maxLength: 3 });
    const object = fc
      .array(
        fc.oneof(
          ...nests.map(([key, attribute]) =>
            one(tongue, attribute, depth).map((value) => [key, value] as const)
          )
        ),
        { minLength: 1, maxLength: 3 }
      )
      .map((pairs): Param => Object.fromEntries(pairs));
    return fc.oneof(
      { weight: 2, arbitrary: star },
      { weight: 1, arbitrary: some.map((all) => all.join(',')) },
      { weight: 1, arbitrary: some },
      { weight: 6, arbitrary: object }
    );
  });
