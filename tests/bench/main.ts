import { parseArgs } from 'node:util';
import { gate } from './gate';
import { reconcile } from './reconcile';
import type { Bench } from './support/bench';
import { webhooks } from './webhooks';

const BENCHES: Readonly<Record<string, Bench>> = { gate, reconcile, webhooks };

const HELP = `npm run bench -- NAME             one of ${Object.keys(BENCHES).join(', ')}
npm run bench -- NAME --quick     the same on few rows, for whoever works on it: no figures to keep
npm run bench -- NAME --only=list the cases whose name has "list" in it

One line of JSON per case on stdout, its progress on stderr; exits 1 when a bar is missed.
The database is SQLite, or what TEST_DATABASE (postgres, mysql) or DATABASE_URL says.`;

const main = async (): Promise<void> => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      quick: { type: 'boolean', default: false },
      only: { type: 'string', default: '' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const bench = BENCHES[positionals[0] ?? ''];
  if (values.help || !bench) {
    console.log(HELP);
    process.exit(values.help ? 0 : 2);
  }
  const passed = await bench({ quick: values.quick, only: values.only });
  // Strapi and its pools may keep timers; the figures are out.
  process.exit(passed ? 0 : 1);
};

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
