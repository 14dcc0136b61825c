import type { Browser, BrowserContext, Page } from 'playwright-core';
import Stripe from 'stripe';
import { DESKTOP, launch, overflows, PHONE, shot, signIn, stripeOfSite } from './browser';

/** Somebody deletes the site's endpoint in Stripe's dashboard. */
const forgetEndpoints = async (): Promise<void> => {
  const { url, key } = stripeOfSite();
  const { hostname: host, port } = new URL(url);
  const stripe = new Stripe(key, { host, port: Number(port), protocol: 'http' });
  for (const { id } of (await stripe.webhookEndpoints.list()).data) {
    await stripe.webhookEndpoints.del(id);
  }
};

/** What an operator does when something is wrong; the site was given deliveries that failed for good. */
describe('the Health page', () => {
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    browser = await launch();
    context = await browser.newContext({ viewport: DESKTOP, locale: 'en-GB' });
    page = await signIn(context);
    await page.getByRole('link', { name: 'Memberships', exact: true }).first().click();
    await page.getByRole('link', { name: 'Health' }).click();
    await page.getByRole('heading', { name: 'Health', level: 1 }).waitFor();
  });
  afterAll(() => browser.close());

  it('says whether Stripe is reached, what waits and what was given up', async () => {
    await page.getByText('Connected').waitFor();
    await page.getByText('Nothing has been compared yet.').waitFor();
    await page.getByRole('button', { name: 'Retry all 2 given up' }).waitFor();
    await shot(page, 'health');
  });

  it('finds what was given up, and tries it again', async () => {
    await page.getByRole('combobox', { name: 'State' }).click();
    await page.getByRole('option', { name: 'Given up' }).click();
    await page.getByText('StripeAPIError').first().waitFor();
    await page.getByRole('button', { name: 'Show the whole error' }).first().click();
    await page.getByRole('button', { name: 'Show less' }).waitFor();
    await shot(page, 'health-dead');
    await page.getByRole('button', { name: 'Retry', exact: true }).first().click();
    await page.getByText('It came through.').waitFor();
    await page.getByRole('button', { name: 'Retry the one given up' }).click();
    await page.getByText('1 delivery is tried again.').waitFor();
    await page.getByText('No delivery matches this search and these filters.').waitFor();
    await page.getByRole('button', { name: 'Clear search and filters' }).click();
    await page.getByRole('table', { name: 'Deliveries' }).waitFor();
  });

  it('compares with Stripe', async () => {
    await page.getByRole('button', { name: 'Compare now' }).click();
    await page.getByText(/looked at, /).waitFor();
    await shot(page, 'health-compared');
  });

  it('repairs what differs once somebody says so', async () => {
    // The past readers of the demo are here, and Stripe never knew them.
    const found = page.getByRole('table', { name: 'Comparison with Stripe' });
    await found.getByText('Only here').first().waitFor();
    await found.getByRole('button', { name: 'Repair', exact: true }).first().click();
    await page.getByText('1 repair is under way.').waitFor();
    await found.getByText('Repair under way').waitFor();
    await shot(page, 'health-repaired');
  });

  it('shows when each event was sent and received', async () => {
    await page.getByRole('button', { name: 'Show events' }).click();
    await page.getByRole('table', { name: 'Show events' }).waitFor();
    await shot(page, 'health-events');
    await page.getByRole('button', { name: 'Hide events' }).click();
  });

  it('registers the endpoint, and shows its secret this once', async () => {
    await forgetEndpoints();
    await page.reload();
    await page.getByText('Not registered').waitFor();
    await page.getByRole('button', { name: 'Register at Stripe' }).click();
    const modal = page.getByRole('dialog', { name: 'Keep this signing secret' });
    await modal.getByText(/STRIPE_WEBHOOK_SECRET=whsec_/).waitFor();
    await shot(page, 'health-secret');
    await modal.getByRole('button', { name: 'I have kept it' }).click();
    await modal.waitFor({ state: 'detached' });
    await page.getByText(/^Enabled, in API version/).waitFor();
    expect(await page.getByText(/whsec_/).count()).toBe(0);
  });

  it.each(['light', 'dark'])('fits a phone: %s', async (theme) => {
    await page.setViewportSize(PHONE);
    await page.evaluate((value) => localStorage.setItem('STRAPI_THEME', value), theme);
    await page.reload();
    await page.getByText('Connected').waitFor();
    await page.waitForLoadState('networkidle');
    expect(await overflows(page)).toBe(false);
    await page.setViewportSize({ ...PHONE, height: 3200 });
    await shot(page, `health-phone-${theme}`);
    await page.setViewportSize({ ...DESKTOP, height: 1800 });
    await shot(page, `health-desktop-${theme}`);
  });
});
