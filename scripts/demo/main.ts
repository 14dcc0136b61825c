import { parseArgs } from 'node:util';
import { check } from './check';
import { demo } from './demo';

const HELP = `npm run demo              the magazine, its admin and a Stripe simulator, until Ctrl-C
npm run demo -- --fresh   the same, from an empty database
npm run demo -- --check   the whole journey by itself, over HTTP; exits 0 or 1

With STRIPE_SECRET_KEY set (test mode), the demo uses your Stripe account instead of the simulator.`;

const main = async (): Promise<void> => {
  const { values } = parseArgs({
    options: {
      check: { type: 'boolean', default: false },
      fresh: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) console.log(HELP);
  else if (values.check) process.exitCode = (await check()) ? 0 : 1;
  else await demo({ fresh: values.fresh });
};

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
