import { useQueryParams } from '@strapi/strapi/admin';

import { INBOX_STATUSES, type InboxStatus } from '../../../contracts';
import type { InboxQuery } from '../api/health';

const isStatus = (value: string | undefined): value is InboxStatus =>
  INBOX_STATUSES.some((status) => status === value);

/** The inbox's state is its address, as the members' list has it. */
export const useInboxQuery = () => {
  const [{ query }, setQuery] = useQueryParams<InboxQuery>();
  const status = isStatus(query.status) ? query.status : undefined;
  return {
    request: {
      page: query.page ?? '1',
      pageSize: query.pageSize ?? '25',
      ...(query._q ? { _q: query._q } : {}),
      ...(status ? { status } : {}),
    },
    status,
    isFiltered: Boolean(query._q ?? status),
    setStatus: (value: string | undefined) =>
      setQuery({
        _q: query._q === undefined ? undefined : encodeURIComponent(query._q),
        page: '1',
        status: value,
      }),
    clear: () => setQuery({ _q: '', status: '', page: '' }, 'remove'),
  };
};
