/** What is under these keys of something unknown; undefined where there is nothing. */
export const at = (value: unknown, ...path: string[]): unknown =>
  path.reduce<unknown>(
    (part, key) => (typeof part === 'object' && part !== null ? Reflect.get(part, key) : undefined),
    value
  );

export const textAt = (value: unknown, ...path: string[]): string | undefined => {
  const found = at(value, ...path);
  return typeof found === 'string' ? found : undefined;
};

/** Seconds of Stripe's as the site's rows show a date. */
export const date = (seconds: number | null | undefined): string | null =>
  typeof seconds === 'number' ? new Date(seconds * 1000).toISOString() : null;

/** A date of a row; null for none. */
export const iso = (value: unknown): string | null =>
  typeof value === 'string' || typeof value === 'number' ? new Date(value).toISOString() : null;

/** Rows by what they belong to, in their order. */
export const groupBy = <T>(rows: Iterable<T>, key: (row: T) => string): Map<string, T[]> => {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(key(row));
    if (group) group.push(row);
    else groups.set(key(row), [row]);
  }
  return groups;
};
