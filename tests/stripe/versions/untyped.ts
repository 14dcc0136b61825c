type Fields = Record<string, unknown>;

/**
 * Fields that Stripe sends and its library does not type, as recorded: a list inside of an object
 * says how long it is, a subscription of one item repeats its plan, a charge has three that are
 * always empty or known elsewhere.
 */
export function withUntyped(row: Fields): Fields {
  if (row.object === 'subscription') return { ...withCounts(row), ...soleItem(row) };
  if (row.object === 'charge') {
    return { ...withCounts(row), destination: null, dispute: null, order: null };
  }
  return withCounts(row);
}

function withCounts(row: Fields): Fields {
  if (row.object === 'list' || row.object === 'search_result') return row;
  const counted = Object.entries(row).map(([key, value]): [string, unknown] => {
    // The payments of an invoice are a newer kind of list, without a count.
    if (
      !isFields(value) ||
      value.object !== 'list' ||
      !Array.isArray(value.data) ||
      key === 'payments'
    ) {
      return [key, value];
    }
    return [key, { ...value, total_count: value.data.length }];
  });
  return Object.fromEntries(counted);
}

function soleItem({ items }: Fields): Fields {
  const data: unknown[] = isFields(items) && Array.isArray(items.data) ? items.data : [];
  const [only] = data;
  if (data.length !== 1 || !isFields(only)) return { plan: null, quantity: null };
  return { plan: only.plan, quantity: only.quantity };
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
