/** Where two answers differ: `missing` and `extra` keys, another `value` or another `kind` of one. */
export interface Difference {
  kind: 'missing' | 'extra' | 'value' | 'type' | 'status';
  /** `subscription.items.data[].price`: by kind of object, list positions left out. */
  at: string;
  recorded?: unknown;
  answered?: unknown;
}

/** Values that are drawn anew each time, or tell when and where a call was made. */
const drawn =
  /^(id|client_secret|fingerprint|request_log_url|url|receipt_url|hosted_invoice_url|invoice_pdf|invoice_prefix|number|network_transaction_id|authorization_code|risk_score|calculated_statement_descriptor|idempotency_key|receipt_number|transaction_link_id|account_name|account_country|exp_month|exp_year|server_transaction_id|three_ds_optimizations|certificate|root_certificate_authorities)$/;

/** Compares an answer with the recorded one: keys at every depth, and every value that is not drawn. */
export function compare(recorded: unknown, answered: unknown, at = ''): Difference[] {
  if (Array.isArray(recorded) && Array.isArray(answered)) {
    if (recorded.length !== answered.length) {
      const lengths = { recorded: recorded.length, answered: answered.length };
      return [{ kind: 'value', at: `${at}.length`, ...lengths }];
    }
    return recorded.flatMap((each, index) => compare(each, answered[index], `${at}[]`));
  }
  if (isRecord(recorded) && isRecord(answered)) return compareObjects(recorded, answered, at);
  if (kindOf(recorded) !== kindOf(answered)) {
    return [{ kind: 'type', at, recorded: brief(recorded), answered: brief(answered) }];
  }
  if (recorded === answered || isDrawn(at, recorded)) return [];
  return [{ kind: 'value', at, recorded, answered }];
}

function compareObjects(
  recorded: Record<string, unknown>,
  answered: Record<string, unknown>,
  at: string
): Difference[] {
  const here =
    typeof recorded.object === 'string' && recorded.object !== 'list' ? recorded.object : at;
  const found: Difference[] = [];
  for (const [key, value] of Object.entries(recorded)) {
    const path = here === '' ? key : `${here}.${key}`;
    if (key in answered) found.push(...compare(value, answered[key], path));
    else found.push({ kind: 'missing', at: path, recorded: brief(value) });
  }
  for (const [key, value] of Object.entries(answered)) {
    if (key in recorded) continue;
    found.push({ kind: 'extra', at: here === '' ? key : `${here}.${key}`, answered: brief(value) });
  }
  return found;
}

function isDrawn(at: string, value: unknown): boolean {
  const key =
    at
      .replace(/(\[\])+$/, '')
      .split('.')
      .at(-1) ?? '';
  if (drawn.test(key)) return true;
  if (typeof value === 'number') return value > 1_000_000_000;
  if (typeof value === 'string' && /<\w+>/.test(value)) return true;
  return typeof value === 'string' && /^[a-z]+_[A-Za-z0-9]{8,}$/.test(value);
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

function brief(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? kindOf(value) : value;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
