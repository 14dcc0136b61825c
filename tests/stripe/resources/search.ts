import { invalid } from '../http/errors';

/**
 * Stripe's search language as far as it is used here: `field:"value"`, `metadata["key"]:"value"`,
 * `field~"part"`, numbers with `>`/`<`, a leading `-`, joined by AND or by OR
 * (https://docs.stripe.com/search#search-query-language).
 */
export function matcher(query: string): (row: object) => boolean {
  const joinedByOr = / OR /i.test(query);
  const clauses = query
    .split(joinedByOr ? / OR /i : / AND | /i)
    .filter(Boolean)
    .map(clause);
  return (row) =>
    joinedByOr ? clauses.some((test) => test(row)) : clauses.every((test) => test(row));
}

const pattern =
  /^(-?)(\w+)(?:\[["']([^"']+)["']\])?(:|~|>=|<=|>|<)(?:"([^"]*)"|'([^']*)'|([\w.]+))$/;

function clause(source: string): (row: object) => boolean {
  const found = pattern.exec(source.trim());
  if (!found) throw invalid(`We were unable to parse your search query: ${source}`, 'query');
  const [, minus, field = '', key, operator = ':', double, single, bare] = found;
  const wanted = double ?? single ?? bare ?? '';
  return (row) => {
    const value = fieldOf(row, field, key);
    return compare(value, operator, wanted) !== (minus === '-');
  };
}

function fieldOf(row: object, field: string, key: string | undefined): unknown {
  const value: unknown = new Map(Object.entries(row)).get(field);
  if (key === undefined) return value;
  return typeof value === 'object' && value ? new Map(Object.entries(value)).get(key) : undefined;
}

function compare(value: unknown, operator: string, wanted: string): boolean {
  if (wanted === 'null') return value === null || value === undefined;
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') {
    return false;
  }
  const [is, want] = [String(value).toLowerCase(), wanted.toLowerCase()];
  if (operator === ':') return is === want;
  if (operator === '~') return is.includes(want);
  if (operator === '>') return Number(value) > Number(wanted);
  if (operator === '<') return Number(value) < Number(wanted);
  return operator === '>=' ? Number(value) >= Number(wanted) : Number(value) <= Number(wanted);
}
