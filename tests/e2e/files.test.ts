import type { Browser, BrowserContext, Page } from 'playwright-core';
import { png } from '../integration/files-support';
import { ADMIN, DESKTOP, launch, shot, signIn, URL } from './browser';

const LETTERS = '/content-manager/collection-types/api::letter.letter';

interface Stored {
  id: number;
  hash: string;
  url: string;
  formats: { thumbnail: { url: string } };
}

/** Requests to the admin's own API. */
const adminApi = async () => {
  const ask = async (path: string, init: RequestInit = {}) => {
    const answer = await fetch(`${URL}${path}`, init);
    if (!answer.ok) throw new Error(`${path} was answered ${answer.status}`);
    return answer.json();
  };
  const { data } = await ask('/admin/login', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(ADMIN),
  });
  const authorization = `Bearer ${data.token}`;
  return {
    get: (path: string) => ask(path, { headers: { authorization } }),
    put: (path: string, body: object) =>
      ask(path, {
        method: 'PUT',
        headers: { authorization, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    upload: async (name: string): Promise<Stored> => {
      const body = new FormData();
      body.append('files', new Blob([new Uint8Array(png())], { type: 'image/png' }), name);
      const [file] = await ask('/upload', { method: 'POST', headers: { authorization }, body });
      return file;
    },
  };
};

describe('files of protected media', () => {
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let file: Stored;
  let letter: string;

  beforeAll(async () => {
    const admin = await adminApi();
    file = await admin.upload('tide-table.png');
    const { results } = await admin.get(LETTERS);
    letter = results[0].documentId;
    await admin.put(`${LETTERS}/${letter}`, { attachment: file.id });
    browser = await launch();
    context = await browser.newContext({ viewport: DESKTOP, locale: 'en-GB' });
    page = await signIn(context);
  });
  afterAll(() => browser.close());

  /** The picture is drawn, at the address it is stored under. */
  const drawn = async (): Promise<void> => {
    const picture = page.locator(`img[src*="${file.hash}"]`).first();
    await picture.waitFor();
    await picture.evaluate(async (img: HTMLImageElement) => img.decode());
    expect(await picture.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBeGreaterThan(0);
    expect(await picture.getAttribute('src')).not.toContain('signature');
  };

  it('are drawn in the Media Library', async () => {
    await page.goto(`${URL}/admin/plugins/upload`);
    await drawn();
    await shot(page, 'media-library');
  });

  it('are drawn in the edit view', async () => {
    await page.goto(`${URL}/admin${LETTERS}/${letter}`);
    await drawn();
    await shot(page, 'edit-view-media');
  });

  it('are not drawn for a visitor, nor once the editor has signed out', async () => {
    const visitor = await (await browser.newContext()).newPage();
    for (const address of [file.url, file.formats.thumbnail.url]) {
      expect((await visitor.goto(`${URL}${address}`))?.status()).toBe(403);
      expect((await context.request.get(`${URL}${address}`)).status()).toBe(200);
    }
    await page.goto(`${URL}/admin`);
    await page.getByRole('button', { name: 'Tideline Editor' }).click();
    await page.getByRole('menuitem', { name: /log ?out/i }).click();
    await page.waitForURL(/auth\/login/);
    expect((await context.request.get(`${URL}${file.url}`)).status()).toBe(403);
  });
});
