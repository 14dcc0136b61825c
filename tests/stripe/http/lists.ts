import type { AnyObject } from '../types';
import { invalid } from './errors';

/** What every list endpoint takes. https://docs.stripe.com/api/pagination */
export interface PageParams {
  limit?: number;
  starting_after?: string;
  ending_before?: string;
}

/** A page of rows that are already in list order (newest first). */
export function listPage<Row extends AnyObject>(rows: Row[], url: string, params: PageParams) {
  const limit = limitOf(params);
  if (params.ending_before !== undefined) {
    const end = indexOf(rows, params.ending_before, 'ending_before');
    const start = Math.max(0, end - limit);
    return { object: 'list', data: rows.slice(start, end), has_more: start > 0, url };
  }
  const start =
    params.starting_after === undefined
      ? 0
      : indexOf(rows, params.starting_after, 'starting_after') + 1;
  const end = start + limit;
  return { object: 'list', data: rows.slice(start, end), has_more: end < rows.length, url };
}

/** A page of search results; the page token is the number of rows before it. */
export function searchPage<Row extends AnyObject>(
  rows: Row[],
  url: string,
  params: { limit?: number; page?: string }
) {
  const start = Number(params.page ?? 0);
  const end = start + limitOf(params);
  const more = end < rows.length;
  return {
    object: 'search_result',
    data: rows.slice(start, end),
    has_more: more,
    next_page: more ? String(end) : null,
    url,
  };
}

/** Whether a moment (seconds) lies in a `created`-like filter. */
export function inRange(
  at: number,
  range: number | { gt?: number; gte?: number; lt?: number; lte?: number } | undefined
): boolean {
  if (range === undefined) return true;
  if (typeof range === 'number') return at === range;
  return (
    (range.gt === undefined || at > range.gt) &&
    (range.gte === undefined || at >= range.gte) &&
    (range.lt === undefined || at < range.lt) &&
    (range.lte === undefined || at <= range.lte)
  );
}

function limitOf({ limit = 10 }: { limit?: number }): number {
  if (limit >= 1 && limit <= 100) return limit;
  throw invalid(
    `This value must be ${limit < 1 ? 'greater than or equal to 1' : 'less than or equal to 100'} (it currently is '${limit}').`,
    'limit',
    'parameter_invalid_integer'
  );
}

function indexOf(rows: AnyObject[], id: string, param: string): number {
  const index = rows.findIndex((row) => row.id === id);
  if (index >= 0) return index;
  throw invalid(`No such object: '${id}'`, param, 'resource_missing');
}
