import { useQueryParams } from '@strapi/strapi/admin';

import { MEMBER_STATUSES, type MemberStatus } from '../../../contracts';
import type { MembersQuery } from '../api/members';

export const PAGE_SIZES = ['10', '25', '50', '100'];
const DEFAULTS = { page: '1', pageSize: '25', sort: 'joinedAt:desc' };

export type SortKey = 'name' | 'email' | 'joinedAt';

const isStatus = (value: string | undefined): value is MemberStatus =>
  MEMBER_STATUSES.some((status) => status === value);

/**
 * The list's state is its address: a reload, a bookmark and the back button keep it, and Strapi's
 * own search box and pagination read and write the same keys.
 */
export const useListQuery = () => {
  const [{ query }, setQuery] = useQueryParams<MembersQuery>();
  const sort = query.sort ?? DEFAULTS.sort;
  const [sortKey = '', direction] = sort.split(':');

  const status = isStatus(query.status) ? query.status : undefined;

  /** An empty value removes the key; any change starts again at page one. */
  const set = (key: 'tier' | 'status' | 'sort', value: string | undefined) =>
    setQuery({ _q: encode(query._q), page: '1', [key]: value });

  return {
    request: {
      page: query.page ?? DEFAULTS.page,
      pageSize: query.pageSize ?? DEFAULTS.pageSize,
      sort,
      ...(query._q ? { _q: query._q } : {}),
      ...(query.tier ? { tier: query.tier } : {}),
      ...(status ? { status } : {}),
    },
    tier: query.tier,
    status,
    isFiltered: Boolean(query._q ?? query.tier ?? query.status),
    sortKey,
    descending: direction?.toLowerCase() === 'desc',
    setTier: (value: string | undefined) => set('tier', value),
    setStatus: (value: string | undefined) => set('status', value),
    toggleSort: (key: SortKey) =>
      set('sort', `${key}:${sortKey === key && direction === 'asc' ? 'desc' : 'asc'}`),
    clear: () => setQuery({ _q: '', tier: '', status: '', page: '' }, 'remove'),
    toFirstPage: () => setQuery({ page: '' }, 'remove'),
  };
};

/** `useQueryParams` writes values as they are given (its own note says so). */
const encode = (text: string | undefined) =>
  text === undefined ? undefined : encodeURIComponent(text);
