import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { buildWhatIsStale } from './build';
import { TEMPORARY } from './paths';
import { freePort } from './ports';
import { LOGINS, seed } from './seed';
import { startSite } from './site';
import { connectRealStripe, startSimulator, type DemoStripe } from './stripe';

const say = (line: string) => console.log(line);

const banner = (url: string, stripe: DemoStripe): string => {
  const { admin, reader } = LOGINS;
  const rows = [
    ['Front page', url],
    ['Admin', `${url}/admin`],
    ['', `${admin.email}  ${admin.password}`],
    ['A reader', `${reader.email}  ${reader.password}`],
    ['Mailbox', `${url}/demo/mailbox`],
    ['Stripe', stripe.simulator ?? `your account ${stripe.account}, test mode`],
  ];
  const card = stripe.simulator
    ? 'The payment page is filled in: no card, no account, no network.'
    : [
        'Pay with Stripe’s test card 4242 4242 4242 4242. For its webhooks, in a second terminal:',
        `  stripe listen --forward-to ${url}/api/memberships/webhook`,
        '  and start the demo with the secret it prints in STRIPE_WEBHOOK_SECRET.',
      ].join('\n');
  const table = rows.map(([name, value]) => `  ${(name ?? '').padEnd(12)}${value}`).join('\n');
  return `\nTideline is open.\n\n${table}\n\n${card}\nCtrl-C closes it; what happened is kept (--fresh starts over).\n`;
};

/** Strapi listens too and would exit on its own, before the simulator's state is written. */
const untilInterrupted = (): Promise<void> =>
  new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.removeAllListeners(signal);
      process.once(signal, () => resolve());
    }
  });

/** The magazine, for a person to walk through. */
export const demo = async ({ fresh }: { fresh: boolean }): Promise<void> => {
  const realKey = process.env.STRIPE_SECRET_KEY?.trim();
  // Rows of one Stripe account have no place in a demo of another.
  const folder = path.join(TEMPORARY, realKey ? 'demo-stripe' : 'demo');
  const stateFile = path.join(folder, 'stripe.json');
  // A database whose simulator is gone would point at a Stripe that knows nothing of it.
  if (fresh || (!realKey && !existsSync(stateFile))) {
    rmSync(folder, { recursive: true, force: true });
  }

  await buildWhatIsStale({ admin: true }, say);
  say('Starting …');
  const port = await freePort(1337);
  const stripe = realKey
    ? await connectRealStripe(realKey)
    : await startSimulator({
        siteUrl: `http://127.0.0.1:${port}`,
        stateFile,
      });
  const site = await startSite({
    port,
    folder,
    serveAdmin: true,
    desk: { ...stripe.desk, admin: true },
    stripe: stripe.settings,
  });
  await seed(site.strapi, {
    now: stripe.desk.now(),
    // Stripe knows nothing of readers we made up: they are only put beside the simulator.
    ...(stripe.simulator && { account: stripe.account }),
  });
  say(banner(site.url, stripe));

  await untilInterrupted();
  say('\nClosing …');
  await site.stop();
  await stripe.close();
  process.exit(0);
};
