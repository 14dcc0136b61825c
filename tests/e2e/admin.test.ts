import type { Browser, BrowserContext, Page } from 'playwright-core';
import { DESKTOP, launch, overflows, PHONE, shot, signIn, URL } from './browser';

const PAGES = ['members', 'tiers', 'churn'] as const;

describe('the admin panel', () => {
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    browser = await launch();
    context = await browser.newContext({ viewport: DESKTOP, locale: 'en-GB' });
    page = await signIn(context);
  });
  afterAll(() => browser.close());

  const visit = async (path: string, heading: string): Promise<void> => {
    await page.goto(`${URL}/admin/plugins/memberships/${path}`);
    await page.getByRole('heading', { name: heading, level: 1 }).waitFor();
  };

  it('pages, searches and filters members on the server', async () => {
    await visit('members', 'Members');
    await page.getByRole('row').nth(2).waitFor();
    await shot(page, 'members');
    await page.goto(`${URL}/admin/plugins/memberships/members?_q=reader17`);
    await page.getByText('reader17@example.com').first().waitFor();
    expect(await page.getByText('reader16@example.com').count()).toBe(0);
  });

  it('gives a member a complimentary tier and ends it', async () => {
    await visit('members', 'Members');
    await page.getByRole('button', { name: 'Add a member' }).click();
    const email = `guest-${Date.now()}@example.com`;
    await page
      .getByRole('dialog')
      .getByLabel(/E-mail/)
      .fill(email);
    await page.getByRole('dialog').getByRole('button', { name: 'Add', exact: true }).click();

    await page.getByRole('button', { name: 'Give a tier' }).click();
    await page.getByRole('dialog').getByRole('combobox').first().click();
    await page.getByRole('option', { name: 'Silver' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Give a tier' }).click();
    await page.getByText('The tier is given.').waitFor();
    await shot(page, 'member');

    await page.getByRole('button', { name: 'End', exact: true }).first().click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Confirm' }).click();
    await page.getByText('The complimentary tier has ended.').waitFor();
  });

  it('creates a tier with a price, which reaches Stripe', async () => {
    await visit('tiers', 'Tiers');
    await shot(page, 'tiers');
    await page.getByRole('link', { name: 'Add a tier' }).first().click();
    const name = `Patron ${Date.now()}`;
    await page.getByLabel(/^Name/).first().fill(name);
    await page.getByRole('button', { name: 'Save' }).first().click();
    await page.getByText(`${name} is saved.`).waitFor();

    await page.getByRole('button', { name: 'Add a price' }).first().click();
    await page
      .getByRole('dialog')
      .getByLabel(/^Amount/)
      .fill('12.50');
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /Add a price/ })
      .click();
    await page.getByText('The price is added.').waitFor();
    await page.getByText('€12.50').first().waitFor();
    await page.getByText('Synced').first().waitFor();
    await shot(page, 'tier');
  });

  it('shows churn as bars and as a table', async () => {
    await visit('churn', 'Churn');
    await page.getByText('Month by month').waitFor();
    await page.locator('svg rect').first().waitFor();
    await shot(page, 'churn');
    await page.getByText('Table', { exact: true }).first().click();
    await page.getByRole('columnheader', { name: /Churn rate/ }).waitFor();
  });

  it.each(PAGES)('fits a phone, light and dark: %s', async (path) => {
    await page.setViewportSize(PHONE);
    for (const theme of ['light', 'dark']) {
      await page.evaluate((value) => localStorage.setItem('STRAPI_THEME', value), theme);
      await page.goto(`${URL}/admin/plugins/memberships/${path}`);
      await page.getByRole('heading', { level: 1 }).first().waitFor();
      await page.waitForLoadState('networkidle');
      await shot(page, `${path}-phone-${theme}`);
      expect(await overflows(page)).toBe(false);
    }
    await page.evaluate(() => localStorage.setItem('STRAPI_THEME', 'light'));
    await page.setViewportSize(DESKTOP);
  });
});
