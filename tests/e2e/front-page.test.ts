import type { Browser, Page } from 'playwright-core';
import { DESKTOP, launch, overflows, PHONE, shot, URL } from './browser';

describe('the front page', () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser.close());

  const open = async (viewport: typeof DESKTOP, path = '/'): Promise<Page> => {
    const context = await browser.newContext({ viewport, locale: 'en-GB' });
    const page = await context.newPage();
    await page.goto(`${URL}${path}`);
    return page;
  };

  it('lets a visitor read the opening, join, pay on the hosted page and read on', async () => {
    const page = await open(DESKTOP);
    await page.getByRole('link', { name: 'A chart is an argument' }).first().click();
    await page.getByRole('heading', { name: 'A chart is an argument' }).waitFor();
    await page.getByRole('heading', { name: /The rest is for/ }).waitFor();
    await shot(page, 'front-locked');

    await page.getByRole('button', { name: 'Get Gold' }).click();
    await page.getByText('Simulated Stripe').first().waitFor();
    const buyer = `e2e-${Date.now()}@example.com`;
    await page.getByLabel('E-mail').fill(buyer);
    await page.getByRole('button', { name: /^(Pay|Start|Subscribe)/ }).click();

    await page.waitForURL((url) => url.origin === URL);
    await page.getByText(/mail/i).first().waitFor();
    await shot(page, 'front-thanks');

    await page.goto(`${URL}/demo/mailbox`);
    const mail = page.frameLocator('iframe[title="The mail"]').first();
    const link = mail.getByRole('link', { name: /Set your password/ });
    await link.waitFor();
    const address = await link.getAttribute('href');
    if (!address) throw new Error('the mail has no link');
    await page.goto(address);
    await page
      .getByLabel(/password/i)
      .first()
      .fill('Tideline-e2e-1');
    await page
      .getByRole('button', { name: /password/i })
      .first()
      .click();

    await page.getByText('Gold').first().waitFor();
    await page.goto(`${URL}/`);
    await page.getByRole('link', { name: 'A chart is an argument' }).first().click();
    await page.getByRole('heading', { name: 'A chart is an argument' }).waitFor();
    await page.waitForLoadState('networkidle');
    expect(await page.getByRole('heading', { name: /The rest is for/ }).count()).toBe(0);
    await shot(page, 'front-open');
  });

  it('fits a phone', async () => {
    const page = await open(PHONE);
    await page.getByRole('link', { name: 'A chart is an argument' }).first().waitFor();
    expect(await overflows(page)).toBe(false);
    await page.getByRole('link', { name: 'A chart is an argument' }).first().click();
    await page.getByRole('heading', { name: /The rest is for/ }).waitFor();
    expect(await overflows(page)).toBe(false);
    await shot(page, 'front-locked-phone');
  });
});
