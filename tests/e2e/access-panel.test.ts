import type { Browser, BrowserContext, Page } from 'playwright-core';
import { DESKTOP, launch, overflows, PHONE, shot, signIn, URL } from './browser';

const ARTICLES = `${URL}/admin/content-manager/collection-types/api::article.article`;
const SLUG = 'bread-that-does-not-mind-the-sea';

interface Article {
  documentId: string;
  body?: string;
  story?: unknown[];
  membershipAccess: { visibility: string; tiers: { name: string }[]; opensAt: string | null };
}

interface Tier {
  documentId: string;
}

/** What the site answers a visitor. */
const asVisitor = async (slug: string): Promise<Article> => {
  const answer = await fetch(`${URL}/api/articles?filters[slug]=${slug}`);
  const { data }: { data: Article[] } = await answer.json();
  const [article] = data;
  if (!article) throw new Error(`a visitor finds no article ${slug}`);
  return article;
};

/** Asks until it is so; a failed expectation is only told in the end. */
const eventually = async (check: () => Promise<void>): Promise<void> => {
  const deadline = Date.now() + 15_000;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
};

describe('the Access panel', () => {
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let token: string;

  const admin = async <T>(method: string, path: string, body?: object): Promise<T> => {
    const answer = await fetch(`${URL}/memberships${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return JSON.parse((await answer.text()) || 'null');
  };
  const addTier = async (name: string): Promise<string> => {
    const { data } = await admin<{ data: Tier }>('POST', '/tiers', { name, kind: 'paid' });
    return data.documentId;
  };

  const open = async (path: string): Promise<void> => {
    await page.goto(`${ARTICLES}/${path}`);
    await consequence().waitFor();
  };
  const consequence = () => page.getByTestId('memberships-consequence');
  const choose = (name: string) =>
    page.getByRole('radio', { name: new RegExp(`^${name}`) }).click();
  const field = (name: string) => page.getByRole('group', { name, exact: true });
  const words = (name: string) => field(name).textContent();
  const isVisibility = (visibility: string, slug = SLUG) =>
    eventually(async () =>
      expect((await asVisitor(slug)).membershipAccess.visibility).toBe(visibility)
    );

  beforeAll(async () => {
    browser = await launch();
    context = await browser.newContext({
      viewport: { ...DESKTOP, height: 1400 },
      locale: 'en-GB',
    });
    page = await signIn(context);
    // The browser's session, for what is set up beside the page.
    token = await page.evaluate(async () => {
      const answer = await fetch('/admin/access-token', { method: 'POST' });
      const { data }: { data: { token: string } } = await answer.json();
      return data.token;
    });
  });
  afterAll(() => browser.close());

  it('saves each choice by itself, and a visitor is answered by it at once', async () => {
    const { documentId } = await asVisitor(SLUG);
    await open(documentId);
    for (const [name, visibility] of [
      ['Public', 'public'],
      ['Members', 'members'],
      ['Paid members', 'paid'],
    ] as const) {
      await choose(name);
      await isVisibility(visibility);
      await page.getByText('Saved. It applies now.').waitFor();
    }
    await page.getByText(/paying members can read the rest/).waitFor();
    expect((await asVisitor(SLUG)).body).not.toContain('members-only');
    await shot(page, 'access-saved');
  });

  it('takes tiers, days and a date, and says what they come to before anything is saved', async () => {
    await choose('Certain tiers');
    await page.getByText('Choose at least one tier. Until then “Paid members” applies.').waitFor();
    await page.getByText('No tier is chosen, so nobody could read this.').waitFor();
    await shot(page, 'access-no-tier');
    await isVisibility('paid');

    await page.getByRole('combobox', { name: 'Tiers' }).click();
    await page.getByRole('option', { name: 'Silver' }).click();
    await page.keyboard.press('Escape');
    await isVisibility('tiers');
    expect((await asVisitor(SLUG)).membershipAccess.tiers.map(({ name }) => name)).toEqual([
      'Silver',
    ]);
    await page.getByText(/paying members can read the rest/).waitFor();

    await page.getByRole('textbox', { name: 'Days after joining' }).fill('30');
    await page.getByText(/more follow once they have been members long enough/).waitFor();

    await page.getByRole('combobox', { name: 'Date it opens to everyone' }).fill('12/31/2040');
    await page.keyboard.press('Tab');
    await eventually(async () =>
      expect((await asVisitor(SLUG)).membershipAccess.opensAt).toMatch(/^204[01]/)
    );
    await page.getByText(/Opens to everyone on Dec 31, 2040/).waitFor();
    await page.getByRole('combobox', { name: 'Date it opens to everyone' }).fill('01/02/2020');
    await page.keyboard.press('Tab');
    await page.getByText('The opening date is in the past, so this is public now.').waitFor();
    await shot(page, 'access-timing');

    await page.getByRole('button', { name: 'Use the default again: Public' }).click();
    await isVisibility('public');
    await page.getByText(/This is the default of this content type/).waitFor();
  });

  it('keeps a choice that did not reach the server, says so, and tries again', async () => {
    await context.setOffline(true);
    await choose('Members');
    await page.getByText(/^Not saved: /).waitFor();
    expect(await page.getByRole('radio', { name: /^Members/ }).isChecked()).toBe(true);
    await shot(page, 'access-failed');
    await context.setOffline(false);
    await isVisibility('public');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('Saved. It applies now.').waitFor();
    await isVisibility('members');
  });

  it('takes the choice of a new entry with its first save, published at once', async () => {
    const slug = `new-${Date.now()}`;
    await open('create');
    await page.getByText('“Public” is the default of this content type.').waitFor();
    await choose('Paid members');
    await page.getByText('Saved together with the entry').waitFor();
    await page.getByLabel(/^title/).fill('Written and closed');
    await page.getByLabel(/^slug/).fill(slug);
    await page.locator('.CodeMirror').first().click();
    await page.keyboard.type('SECRET of the new entry.');
    await shot(page, 'access-new');
    await page.getByRole('button', { name: 'Publish', exact: true }).first().click();
    await page.waitForURL((url) => !url.pathname.endsWith('/create'));
    const article = await asVisitor(slug);
    expect(article.membershipAccess.visibility).toBe('paid');
    expect(JSON.stringify(article)).not.toContain('SECRET');
    await page.getByText('Use the default again: Public').waitFor();
    expect(await page.getByRole('radio', { name: /^Paid members/ }).isChecked()).toBe(true);
    await page.getByText(/visitors find nothing to read here/).waitFor();
  });

  it('begins a copy with the rule of the original', async () => {
    const { documentId } = await asVisitor('salt-smoke-vinegar');
    await admin('PUT', `/rules/api::article.article/${documentId}`, { visibility: 'members' });
    await open(`clone/${documentId}`);
    await page.getByText('The copy starts with the rule of the original: “Members”.').waitFor();
    expect(await page.getByRole('radio', { name: /^Members/ }).isChecked()).toBe(true);
  });

  it('parts Markdown by one click, which undo takes back', async () => {
    const { documentId } = await asVisitor(SLUG);
    await open(documentId);
    await choose('Paid members');
    await page.getByRole('button', { name: 'Remove marker from body' }).click();
    await eventually(async () => expect(await words('body')).toContain('none of them free'));
    await page.getByRole('button', { name: 'Place marker in body' }).click();
    await eventually(async () => expect(await words('body')).toContain('Free part: 38 words of'));
    await page.locator('.CodeMirror').first().click();
    await page.keyboard.press('Control+z');
    await eventually(async () => expect(await words('body')).toContain('none of them free'));
  });

  it('parts Blocks by one click, shows where, and keeps one marker', async () => {
    const editor = page.locator('[data-slate-editor]').first();
    await editor.click();
    for (const text of ['First is free.', 'Second too.', 'SECRET of the third.']) {
      await page.keyboard.type(text);
      if (!text.startsWith('SECRET')) await page.keyboard.press('Enter');
    }
    await eventually(async () => expect(await words('story')).toContain('9 words'));
    await page.getByRole('button', { name: 'Place marker in story' }).click();
    await editor.getByText('Members only from here').waitFor();
    await eventually(async () => expect(await words('story')).toContain('5 words of 9'));
    await shot(page, 'access-blocks');

    await editor.getByText('SECRET').click();
    await page.keyboard.press('Control+z');
    await editor.getByText('Members only from here').waitFor({ state: 'detached' });
    await page.keyboard.press('Control+y');
    await editor.getByText('Members only from here').waitFor();

    // From the editor's own list of blocks it moves to the block with the cursor.
    await editor.getByText('Second too.').click();
    await page.locator('[role="combobox"][name="story"]').click();
    await page.getByRole('option', { name: 'Members only from here' }).click();
    await eventually(async () => expect(await words('story')).toContain('3 words of 9'));
    expect(await editor.getByText('Members only from here').count()).toBe(1);

    await page.getByRole('button', { name: 'Publish', exact: true }).first().click();
    await eventually(async () => {
      const { story } = await asVisitor(SLUG);
      expect(JSON.stringify(story)).toContain('First is free.');
      expect(JSON.stringify(story)).not.toContain('SECRET');
    });
  });

  it('holds thirty tiers and long names, in every language, light and dark, on a phone', async () => {
    const stamp = Date.now();
    const names = [`The Honourable Society of Friends of the Lighthouse and its Keepers ${stamp}`];
    for (let at = 1; at < 30; at += 1) names.push(`Patron circle ${at} of ${stamp}`);
    const tiers: string[] = [];
    for (const name of names) tiers.push(await addTier(name));
    const { documentId } = await asVisitor(SLUG);
    await admin('PUT', `/rules/api::article.article/${documentId}`, {
      visibility: 'tiers',
      tiers: tiers.slice(0, 4),
      dripDays: 14,
    });
    for (const tier of tiers.slice(0, 4)) await admin('POST', `/tiers/${tier}/archive`);

    for (const [language, theme] of [
      ['en', 'light'],
      ['fr', 'dark'],
      ['id', 'light'],
    ] as const) {
      await page.evaluate(
        ([code, mode]) => {
          localStorage.setItem('strapi-admin-language', code ?? '');
          localStorage.setItem('STRAPI_THEME', mode ?? '');
        },
        [language, theme]
      );
      await open(documentId);
      await page
        .getByText(names[0] ?? '')
        .first()
        .waitFor();
      await shot(page, `access-${language}-${theme}`);
    }

    await page.evaluate(() => localStorage.setItem('strapi-admin-language', 'en'));
    await page.setViewportSize(PHONE);
    for (const theme of ['light', 'dark']) {
      await page.evaluate((mode) => localStorage.setItem('STRAPI_THEME', mode), theme);
      await page.goto(`${ARTICLES}/${documentId}`);
      await page.getByRole('button', { name: 'Open more actions' }).click();
      await page.getByText('Every chosen tier is archived').waitFor();
      await page.getByRole('radio', { name: /^Public/ }).scrollIntoViewIfNeeded();
      await shot(page, `access-phone-${theme}`);
      await consequence().scrollIntoViewIfNeeded();
      await shot(page, `access-phone-${theme}-end`);
      expect(await overflows(page)).toBe(false);
    }
    await page.evaluate(() => localStorage.setItem('STRAPI_THEME', 'light'));

    // The other tests look at the shop's own tiers; what Stripe knows is archived, never deleted.
    await admin('DELETE', `/rules/api::article.article/${documentId}`);
    for (const tier of tiers.slice(4)) await admin('POST', `/tiers/${tier}/archive`);
  });
});
