import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buildWhatIsStale } from '../demo/build';
import { freePort } from '../demo/ports';
import { LOGINS, seed } from '../demo/seed';
import { startSite } from '../demo/site';
import { startSimulator } from '../demo/stripe';
import { ensureChromium } from './chromium';
import { seedGivenUp } from './given-up';
import { jest } from './jest';

const say = (line: string) => console.log(line);

/** The demo's own site with its built admin, on a database of its own, driven in Chromium. */
const main = async (): Promise<number> => {
  const chromium = ensureChromium(say);
  await buildWhatIsStale({ admin: true }, say);
  const folder = mkdtempSync(path.join(tmpdir(), 'memberships-e2e-'));
  const port = await freePort(1437);
  const url = `http://127.0.0.1:${port}`;
  const stripe = await startSimulator({ siteUrl: url });
  const site = await startSite({
    port,
    folder,
    serveAdmin: true,
    desk: { ...stripe.desk, admin: true },
    stripe: stripe.settings,
  });
  try {
    const made = { now: stripe.desk.now(), account: stripe.account };
    await seed(site.strapi, made);
    await seedGivenUp(site.strapi, made);
    return await jest('jest.e2e.config.js', {
      E2E_URL: site.url,
      E2E_CHROMIUM: chromium,
      E2E_STRIPE_URL: stripe.settings.apiBase ?? '',
      E2E_STRIPE_KEY: stripe.settings.secretKey,
      E2E_ADMIN_EMAIL: LOGINS.admin.email,
      E2E_ADMIN_PASSWORD: LOGINS.admin.password,
    });
  } finally {
    await site.stop();
    await stripe.close();
    rmSync(folder, { recursive: true, force: true });
  }
};

main()
  .then((code) => process.exit(code))
  .catch((error: unknown) => {
    console.error(error);
    process.exit(1);
  });
