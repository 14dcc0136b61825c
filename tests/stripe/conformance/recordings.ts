import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One request and what Stripe answered, as recorded against its test mode. */
export interface Pair {
  recorded_at: string;
  stripe_version: string;
  request: { method: string; uri: string; body: string | null };
  status: number;
  response: unknown;
}

export interface Recording {
  name: string;
  pairs: Pair[];
}

const folder = join(__dirname, '..', '..', '..', '..', 'shared', 'stripe', 'recorded');

/** The recordings beside the checkout; none where they are absent. */
export function readRecordings(): Recording[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => {
      const pairs: Pair[] = JSON.parse(readFileSync(join(folder, name), 'utf8'));
      return { name: name.replace(/\.json$/, ''), pairs: pairs.map(restored) };
    });
}

/** Whoever redacted the secrets took the name `client_secret` and its like for a part of them. */
function restored(pair: Pair): Pair {
  const text = JSON.stringify(pair).replace(/_<\w+>(?=["_&=.\]%])/g, '_secret');
  const whole: Pair = JSON.parse(text);
  return whole;
}
