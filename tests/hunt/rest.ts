import * as fc from 'fast-check';
import { filters, sorts } from './filters';
import { fieldsOf, populate } from './populate';
import { type Request } from './query';
import { FILE, hasDrafts, USER, type Model } from './schema';
import { type Param, type Tongue } from './tongue';

/** A route that reads: its path, what it reads, and whether a list. */
interface Door {
  path: string;
  model: Model;
  list: boolean;
  weight: number;
}

const doorsOf = ({ schema, pools }: Tongue, userIds: readonly number[]): Door[] => {
  const own = schema.own.flatMap((model): Door[] => {
    const { singularName, pluralName } = model.info ?? {};
    const weight = schema.isGated(model) ? 10 : 3;
    if (model.kind === 'singleType') {
      return [{ path: `/api/${singularName}`, model, list: false, weight }];
    }
    const path = `/api/${pluralName}`;
    const entries = pools
      .documentIds(model.uid)
      .map((id) => ({ path: `${path}/${id}`, model, list: false, weight: 0.3 }));
    const access = schema.isGated(model)
      ? pools
          .documentIds(model.uid)
          .slice(-3)
          .map((id) => ({
            path: `/api/memberships/access/${model.uid}/${id}`,
            model,
            list: false,
            weight: 0.1,
          }))
      : [];
    return [{ path, model, list: true, weight }, ...entries, ...access];
  });
  const user = schema.get(USER);
  const file = schema.get(FILE);
  const users: Door[] = user
    ? [
        { path: '/api/users', model: user, list: true, weight: 2 },
        { path: '/api/users/me', model: user, list: false, weight: 2 },
        ...userIds
          .slice(0, 2)
          .map((id) => ({ path: `/api/users/${id}`, model: user, list: false, weight: 1 })),
      ]
    : [];
  const files: Door[] = file
    ? [
        { path: '/api/upload/files', model: file, list: true, weight: 2 },
        { path: '/api/upload/files/1', model: file, list: false, weight: 1 },
      ]
    : [];
  return [...own, ...users, ...files];
};

const PUBLICATION = [
  ...['never-published', 'has-published-version', 'modified', 'unmodified', 'published-with-draft'],
  ...['never-published-document', 'has-published-version-document', 'nonsense'],
];

const pagination = fc.oneof(
  fc.record(
    {
      page: fc.constantFrom('1', '1', '2', '0'),
      pageSize: fc.constantFrom('3', '10', '25', '100'),
      withCount: fc.constantFrom('true', 'false'),
    },
    { requiredKeys: [] }
  ),
  fc.record(
    {
      start: fc.constantFrom('0', '1', '2'),
      limit: fc.constantFrom('1', '3', '10', '-1'),
      withCount: fc.constantFrom('true', 'false'),
    },
    { requiredKeys: [] }
  )
);

const some = (values: readonly string[]): fc.Arbitrary<Param> => fc.constantFrom(...values);

/** How each part of a request asks: one that is curious everywhere is refused for its first part. */
interface Tongues {
  filters: Tongue;
  sort: Tongue;
  populate: Tongue;
  drafts: Tongue;
}

/** Parameters for one door. */
const paramsOf = (tongues: Tongues, { model, list }: Door): fc.Arbitrary<Record<string, Param>> => {
  const { polite, wild, schema, pools } = tongues.drafts;
  const often = (value: fc.Arbitrary<Param>, percent: number) =>
    fc.oneof(
      { weight: 100 - percent, arbitrary: fc.constant(undefined) },
      { weight: percent, arbitrary: value }
    );
  const rarely = (value: fc.Arbitrary<Param>) => often(value, 10);
  const locale: fc.Arbitrary<Param> = fc.oneof(
    some(['en', 'fr', '*', 'de', '']),
    fc.constant<Param>(['en', 'fr'])
  );
  const draft = some(
    polite && schema.isGated(model) ? ['published'] : ['draft', 'published', 'DRAFT']
  );
  const nosy = !polite || (!schema.isGated(model) && hasDrafts(model));
  return fc
    .record({
      populate: often(populate(tongues.populate, model, 4), tongues.populate.polite ? 80 : 100),
      fields: often(fieldsOf(tongues.populate, model), 30),
      filters: often(filters(tongues.filters, model, 4), tongues.filters.polite ? 30 : 100),
      sort: often(sorts(tongues.sort, model, 3), tongues.sort.polite ? 40 : 100),
      pagination: list ? often(pagination, 50) : fc.constant(undefined),
      locale: rarely(locale),
      status: rarely(nosy ? draft : some(['published'])),
      publicationFilter: nosy ? rarely(some(PUBLICATION)) : fc.constant(undefined),
      hasPublishedVersion: nosy ? rarely(some(['true', 'false'])) : fc.constant(undefined),
      _q: list ? rarely(some(pools.words)) : fc.constant(undefined),
      membership:
        list && schema.isGated(model)
          ? rarely(some(['readable', 'public', ...(wild ? ['all'] : [])]))
          : fc.constant(undefined),
      unknown: rarely(some(['x'])),
      where: !wild ? fc.constant(undefined) : rarely(filters(tongues.filters, model, 1)),
      lookup: !wild ? fc.constant(undefined) : rarely(filters(tongues.filters, model, 1)),
    })
    .map((all) => {
      const set: Record<string, Param> = {};
      for (const [key, value] of Object.entries(all)) if (value !== undefined) set[key] = value;
      return set;
    });
};

/** One part of a request asks one way, all others another; or all of them the first. */
const eachPart = (one: Tongue, others: Tongue): Tongues[] => {
  const all = { filters: others, sort: others, populate: others, drafts: others };
  if (one.polite || one.wild) return [{ filters: one, sort: one, populate: one, drafts: one }];
  return [
    { ...all, filters: one },
    { ...all, sort: one },
    { ...all, populate: one },
    { ...all, populate: one },
    { ...all, drafts: one },
  ];
};

/** A GET of anything, with anything. */
export const restRequests = (
  tongue: Tongue,
  polite: Tongue,
  userIds: readonly number[]
): fc.Arbitrary<Request> =>
  fc.oneof(
    ...doorsOf(tongue, userIds).map((door) => ({
      weight: Math.ceil(door.weight * 10),
      arbitrary: fc
        .tuple(
          fc.oneof(...eachPart(tongue, polite).map((tongues) => paramsOf(tongues, door))),
          fc.constantFrom('indices' as const, 'brackets' as const)
        )
        .map(([params, lists]): Request => ({ by: 'rest', path: door.path, params, lists })),
    }))
  );
