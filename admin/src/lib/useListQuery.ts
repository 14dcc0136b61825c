import { useQueryParams } from '@strapi/strapi/admin';

export const PAGE_SIZES = ['10', '25', '50', '100'];

/** What a list can be narrowed and sorted by. */
export interface ListOptions<Filter extends string> {
  /** Each filter and the values it takes; null: any, as an id. A value it does not take is none. */
  filters: Readonly<Record<Filter, readonly string[] | null>>;
  /** The order to begin with, e.g. `joinedAt:desc`; absent: the list has its own. */
  sort?: string;
}

/**
 * A list's state is its address: a reload, a bookmark and the back button keep it, and Strapi's own
 * search box and pagination read and write the same keys.
 */
export const useListQuery = <Filter extends string>({ filters, sort }: ListOptions<Filter>) => {
  const [{ query }, setQuery] = useQueryParams<Record<string, string | undefined>>();
  const sorted = query.sort ?? sort;
  const [sortKey = '', direction] = (sorted ?? '').split(':');

  const filter = (name: Filter): string | undefined => {
    const value = query[name];
    const known = filters[name];
    return value && (known === null || known.includes(value)) ? value : undefined;
  };
  const chosen = Object.keys(filters).flatMap((name) => {
    const value = isFilter(filters, name) ? filter(name) : undefined;
    return value === undefined ? [] : [[name, value] as const];
  });

  /** An empty value removes the key; any change starts again at page one. */
  const set = (key: string, value: string | undefined) =>
    setQuery({ _q: encode(query._q), page: '1', [key]: value });

  return {
    request: {
      page: query.page ?? '1',
      pageSize: query.pageSize ?? '25',
      ...(sorted === undefined ? {} : { sort: sorted }),
      ...(query._q ? { _q: query._q } : {}),
      ...Object.fromEntries(chosen),
    },
    filter,
    setFilter: (name: Filter, value: string | undefined) => set(name, value),
    isFiltered: Boolean(query._q) || chosen.length > 0,
    sortKey,
    descending: direction?.toLowerCase() === 'desc',
    toggleSort: (key: string) =>
      set('sort', `${key}:${sortKey === key && direction === 'asc' ? 'desc' : 'asc'}`),
    clear: () =>
      setQuery(
        { _q: '', page: '', ...Object.fromEntries(Object.keys(filters).map((name) => [name, ''])) },
        'remove'
      ),
    toFirstPage: () => setQuery({ page: '' }, 'remove'),
  };
};

export type ListQuery<Filter extends string = never> = ReturnType<typeof useListQuery<Filter>>;

const isFilter = <Filter extends string>(
  filters: Readonly<Record<Filter, unknown>>,
  name: string
): name is Filter => Object.hasOwn(filters, name);

/** `useQueryParams` writes values as they are given (its own note says so). */
const encode = (text: string | undefined) =>
  text === undefined ? undefined : encodeURIComponent(text);
