import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buildWhatIsStale } from './build';
import { journey } from './journey';
import { freePort } from './ports';
import { createReport } from './report';
import { seed } from './seed';
import { startSite, type RunningSite } from './site';
import { startSimulator } from './stripe';

/** Every step has printed what came of it: what it threw is known by then. */
const walk = async (site: string, stripe: string): Promise<boolean> => {
  const report = createReport();
  try {
    await journey(report, { site, stripe });
    console.log(`The journey is whole (${(report.elapsed() / 1000).toFixed(1)} s).`);
    return true;
  } catch {
    console.log('The journey broke off.');
    return false;
  }
};

/** Boots a site of its own on a database that is thrown away; all that is asked of it is HTTP. */
export const check = async (): Promise<boolean> => {
  if (process.env.STRIPE_SECRET_KEY) {
    console.log('The check moves time, so it uses the simulator; STRIPE_SECRET_KEY is left alone.');
  }
  await buildWhatIsStale({ admin: false }, (line) => console.log(line));
  const folder = await mkdtemp(path.join(tmpdir(), 'memberships-check-'));
  const port = await freePort();
  const stripe = await startSimulator({ siteUrl: `http://127.0.0.1:${port}` });
  if (stripe.simulator === null) throw new Error('The check needs the simulator');
  let site: RunningSite | undefined;
  try {
    site = await startSite({
      port,
      folder,
      serveAdmin: false,
      desk: { ...stripe.desk, admin: false },
      stripe: stripe.settings,
    });
    await seed(site.strapi, { now: stripe.desk.now() });
    console.log(`Tideline is open at ${site.url}, Stripe's simulator at ${stripe.simulator}`);
    return await walk(site.url, stripe.simulator);
  } finally {
    await site?.stop();
    await stripe.close();
    await rm(folder, { recursive: true, force: true });
  }
};
