import type { Browser, BrowserContext, Page } from 'playwright-core';
import { DESKTOP, launch, overflows, PHONE, shot, signIn } from './browser';

/** What an operator does when something is wrong; the site was given a delivery that failed for good. */
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
    await page.getByRole('button', { name: 'Retry the one given up' }).waitFor();
    await shot(page, 'health');
  });

  it('finds what was given up, and tries it again', async () => {
    await page.getByRole('combobox', { name: 'State' }).click();
    await page.getByRole('option', { name: 'Given up' }).click();
    await page.getByText('StripeConnectionError').first().waitFor();
    await shot(page, 'health-dead');
    await page.getByRole('button', { name: 'Retry', exact: true }).first().click();
    await page.getByText('It came through.').waitFor();
    await page.getByText('No delivery matches this search and these filters.').waitFor();
    await page.getByRole('button', { name: 'Clear search and filters' }).click();
    await page.getByRole('table', { name: 'Deliveries' }).waitFor();
  });

  it('compares with Stripe', async () => {
    await page.getByRole('button', { name: 'Compare now' }).click();
    await page.getByText(/looked at, /).waitFor();
    await shot(page, 'health-compared');
  });

  it('shows when each event was sent and received', async () => {
    await page.getByRole('button', { name: 'Show events' }).click();
    await page.getByRole('table', { name: 'Show events' }).waitFor();
    await shot(page, 'health-events');
    await page.getByRole('button', { name: 'Hide events' }).click();
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
