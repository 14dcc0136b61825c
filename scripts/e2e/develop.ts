import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buildWhatIsStale } from '../demo/build';
import { freePort } from '../demo/ports';
import { LOGINS, seed } from '../demo/seed';
import { startSite } from '../demo/site';
import { ensureChromium } from './chromium';
import { seedReaders } from './develop-readers';
import { copySite, develop } from './develop-site';
import { jest } from './jest';

const say = (line: string) => console.log(line);

/** Everything the proof starts from, written by a boot of its own before development mode begins. */
const prepare = async (folder: string, port: number): Promise<void> => {
  const site = await startSite({
    port,
    folder,
    serveAdmin: false,
    desk: { now: () => Date.now(), admin: false },
    stripe: { secretKey: '' },
  });
  try {
    await seed(site.strapi, { now: Date.now() });
    await seedReaders(site.strapi);
  } finally {
    await site.stop();
  }
};

/**
 * A copy of the demo's site in development mode, driven in Chromium: a type is made members-only in
 * the Content-Type Builder, an entry is marked, and the site's readers are asked what they get.
 */
const main = async (): Promise<number> => {
  const started = performance.now();
  const chromium = ensureChromium(say);
  await buildWhatIsStale({ admin: true }, say);
  const folder = mkdtempSync(path.join(tmpdir(), 'memberships-develop-'));
  const port = await freePort(1447);
  const url = `http://127.0.0.1:${port}`;
  const copy = path.join(folder, 'site');
  try {
    await prepare(folder, port);
    copySite(copy);
    // `prepare` left the database, the address and the keys in this process's environment.
    const site = await develop(copy, url, { LOG_LEVEL: 'warn' });
    try {
      return await jest('jest.e2e-develop.config.js', {
        E2E_URL: url,
        E2E_SITE: copy,
        E2E_CHROMIUM: chromium,
        E2E_ADMIN_EMAIL: LOGINS.admin.email,
        E2E_ADMIN_PASSWORD: LOGINS.admin.password,
      });
    } finally {
      await site.stop();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
    say(
      `Development mode, from start to end: ${Math.round((performance.now() - started) / 1000)} s.`
    );
  }
};

main()
  .then((code) => process.exit(code))
  .catch((error: unknown) => {
    console.error(error);
    process.exit(1);
  });
