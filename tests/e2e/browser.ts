import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';

const env = (name: string): string => {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run the tests with npm run test:e2e`);
  return value;
};

export const URL = env('E2E_URL');
export const ADMIN = { email: env('E2E_ADMIN_EMAIL'), password: env('E2E_ADMIN_PASSWORD') };

/** The simulator of Stripe that the site sells through, where there is one. */
export const stripeOfSite = () => ({ url: env('E2E_STRIPE_URL'), key: env('E2E_STRIPE_KEY') });

export const DESKTOP = { width: 1280, height: 800 };
export const PHONE = { width: 375, height: 812 };

/** Without the background flags Chromium calls home, which a closed network refuses. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export const launch = (): Promise<Browser> =>
  chromium.launch({ executablePath: env('E2E_CHROMIUM'), args: FLAGS });

/** Keeps a picture when `E2E_SHOTS` names a folder: the pages are to be looked at. */
export const shot = async (page: Page, name: string): Promise<void> => {
  const folder = process.env.E2E_SHOTS;
  if (!folder) return;
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: path.join(folder, `${name}.png`) });
};

/** Signs in to the admin by its own form; the context stays signed in. */
export const signIn = async (context: BrowserContext): Promise<Page> => {
  const page = await context.newPage();
  await page.goto(`${URL}/admin/auth/login`);
  await page.getByLabel(/^Email/).fill(ADMIN.email);
  await page
    .getByLabel(/^Password/)
    .first()
    .fill(ADMIN.password);
  await page.getByRole('button', { name: 'Login' }).click();
  await page.getByRole('link', { name: 'Memberships', exact: true }).first().waitFor();
  return page;
};

/** Whether a page scrolls sideways, which on a phone means that something does not fit. */
export const overflows = (page: Page): Promise<boolean> =>
  page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth + 1);
