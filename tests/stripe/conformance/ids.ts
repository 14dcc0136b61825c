import { isRecord } from './compare';

const pattern =
  /\b(?:acct|ch|cs_test|cus|di|evt|fr|ii|il|in|inpay|pi|pm|price|prod|promo|py|re|seti|si|sub|sub_sched|txn)_[A-Za-z0-9]{8,}\b/g;

/** Every id of Stripe's in a text. */
export function idsIn(text: string): string[] {
  return [...new Set(text.match(pattern) ?? [])];
}

/** Recorded ids and those the simulator gave the same things. */
export class IdMap {
  private readonly known = new Map<string, string>();

  has(recorded: string): boolean {
    return this.known.has(recorded);
  }

  get(recorded: string): string {
    return this.known.get(recorded) ?? recorded;
  }

  set(recorded: string, answered: string): void {
    this.known.set(recorded, answered);
  }

  /** A text with its recorded ids replaced. */
  translate(text: string): string {
    return text.replace(pattern, (id) => this.get(id));
  }

  /** Learns what stands in the same place of both answers. */
  learn(recorded: unknown, answered: unknown): void {
    if (typeof recorded === 'string' && typeof answered === 'string') {
      const [was] = idsIn(recorded);
      const [is] = idsIn(answered);
      if (was === recorded && is === answered) this.known.set(was, is);
    } else if (Array.isArray(recorded) && Array.isArray(answered)) {
      recorded.forEach((each, index) => this.learn(each, answered[index]));
    } else if (isRecord(recorded) && isRecord(answered)) {
      for (const [key, value] of Object.entries(recorded)) this.learn(value, answered[key]);
    }
  }
}

/** Every object inside a value that says what it is, outermost first. */
export function objectsIn(value: unknown): Record<string, unknown>[] {
  if (Array.isArray(value)) return value.flatMap(objectsIn);
  if (!isRecord(value)) return [];
  const inner = Object.values(value).flatMap(objectsIn);
  return typeof value.object === 'string' ? [value, ...inner] : inner;
}
