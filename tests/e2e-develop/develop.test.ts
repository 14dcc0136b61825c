import type { Browser, Page } from 'playwright-core';
import { DESKTOP, launch, shot, signIn, URL } from '../e2e/browser';
import { editField, editType, finish, openType, save } from './builder';
import { readNote, schemaOptions } from './site';

const NOTE = 'api::note.note';
const TITLE = `A note on the tide ${Date.now()}`;
const EXCERPT = 'It comes in twice a day.';
const BODY = 'What the harbour master writes in his book at night.';

/** One site, one story: each test goes on where the one before it ended. */
describe('a content type becomes members-only, and open again', () => {
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    browser = await launch();
    const context = await browser.newContext({ viewport: DESKTOP, locale: 'en-GB' });
    page = await signIn(context);
    page.setDefaultTimeout(30_000);
  });
  afterAll(() => browser.close());

  it('is gated by a box in the Content-Type Builder, its teasers by a box on each field', async () => {
    expect(schemaOptions('note')).toBeUndefined();
    await openType(page, NOTE);

    await editField(page, 'excerpt');
    await page.getByRole('checkbox', { name: 'Required field' }).waitFor();
    // A type that is not gated has no teasers.
    expect(await page.getByRole('checkbox', { name: /^Teaser/ }).count()).toBe(0);
    await page.getByRole('button', { name: 'Cancel' }).click();

    await editType(page);
    await page.getByRole('checkbox', { name: 'Members-only content' }).click();
    await page.getByRole('combobox', { name: /without a rule of its own/ }).click();
    await page.getByRole('option', { name: 'Members', exact: true }).click();
    await shot(page, 'develop-type');
    await finish(page);

    await editField(page, 'title');
    const always = page.getByRole('checkbox', { name: /^Teaser/ });
    expect([await always.isChecked(), await always.isDisabled()]).toEqual([true, true]);
    await page.getByRole('button', { name: 'Cancel' }).click();

    await editField(page, 'excerpt');
    await page.getByRole('checkbox', { name: /^Teaser/ }).click();
    await shot(page, 'develop-field');
    await finish(page);
    await save(page);

    expect(schemaOptions('note')).toEqual({ gated: true, teaser: ['excerpt'], default: 'members' });
  });

  it('shows the box ticked for what is in the list of the schema', async () => {
    await openType(page, NOTE);
    await editField(page, 'excerpt');
    expect(await page.getByRole('checkbox', { name: /^Teaser/ }).isChecked()).toBe(true);
    await page.getByRole('button', { name: 'Cancel' }).click();
    await editField(page, 'body');
    expect(await page.getByRole('checkbox', { name: /^Teaser/ }).isChecked()).toBe(false);
    await page.getByRole('button', { name: 'Cancel' }).click();
  });

  it('takes an entry, marked in the edit view, and gives each reader what is theirs', async () => {
    await page.goto(`${URL}/admin/content-manager/collection-types/${NOTE}/create`);
    await page.getByRole('textbox', { name: /^title/i }).fill(TITLE);
    await page.getByRole('textbox', { name: /^excerpt/i }).fill(EXCERPT);
    await page.locator('.CodeMirror').first().click();
    await page.keyboard.type(BODY);

    // With its first save: nobody reads it before.
    const panel = page.getByRole('radiogroup', { name: 'Who can read this?' });
    await panel.getByRole('radio', { name: /^Certain tiers/ }).click();
    await page.getByRole('combobox', { name: 'Tiers' }).click();
    await page.getByRole('option', { name: 'Gold' }).click();
    await page.keyboard.press('Escape');
    await shot(page, 'develop-entry');
    await page.getByRole('button', { name: 'Publish', exact: true }).click();
    await page.getByText('Published document').first().waitFor();

    for (const reader of [undefined, 'account', 'free', 'silver'] as const) {
      const note = await readNote(TITLE, reader);
      expect([reader, note?.membershipAccess?.granted]).toEqual([reader, false]);
      expect(note).toMatchObject({ title: TITLE, excerpt: EXCERPT });
      expect(note).not.toHaveProperty('body');
    }
    const gold = await readNote(TITLE, 'gold');
    expect(gold?.membershipAccess).toMatchObject({ granted: true, visibility: 'tiers' });
    expect(gold?.body).toBe(BODY);
  });

  it('opens to paid members by one more click, which saves itself', async () => {
    const panel = page.getByRole('radiogroup', { name: 'Who can read this?' });
    await panel.getByRole('radio', { name: /^Paid members/ }).click();
    await page.getByText('Saved. It applies now.').waitFor();

    expect((await readNote(TITLE))?.body).toBeUndefined();
    expect((await readNote(TITLE, 'free'))?.body).toBeUndefined();
    expect((await readNote(TITLE, 'silver'))?.body).toBe(BODY);
    expect((await readNote(TITLE, 'gold'))?.body).toBe(BODY);
  });

  it('is found clean by the check of the settings page', async () => {
    await page.goto(`${URL}/admin/settings/memberships/gate`);
    await page.getByRole('button', { name: 'Check now' }).click();
    await page.getByText('Nothing protected came out').waitFor();
    const row = page.getByRole('row').filter({ hasText: 'Note' });
    expect(await row.getByText('Clean').count()).toBe(3);
    await shot(page, 'develop-check');
  });

  it('says what becomes public when the box is unticked, and keeps the rules', async () => {
    await openType(page, NOTE);
    await editType(page);
    await page.getByRole('checkbox', { name: 'Members-only content' }).click();
    const dialog = page.getByRole('alertdialog');
    await dialog.getByText(/^1 entry becomes readable by everyone/).waitFor();
    await shot(page, 'develop-open');
    await dialog.getByRole('button', { name: 'Open to everyone' }).click();
    await finish(page);
    await save(page);

    expect(schemaOptions('note')).toEqual({
      gated: false,
      teaser: ['excerpt'],
      default: 'members',
    });
    const note = await readNote(TITLE);
    expect(note?.body).toBe(BODY);
    expect(note).not.toHaveProperty('membershipAccess');

    await page.goto(`${URL}/admin/settings/memberships/gate`);
    const open = page.getByRole('region', { name: 'Open content' });
    await open
      .getByRole('listitem')
      .filter({ hasText: 'Note' })
      .getByText('1 rule is kept')
      .waitFor();
  });

  it('applies the kept rule again when the box is ticked again', async () => {
    await openType(page, NOTE);
    await editType(page);
    await page.getByRole('checkbox', { name: 'Members-only content' }).click();
    await finish(page);
    await save(page);

    expect(schemaOptions('note')).toEqual({ gated: true, teaser: ['excerpt'], default: 'members' });
    expect((await readNote(TITLE))?.membershipAccess).toMatchObject({
      granted: false,
      visibility: 'paid',
    });
    expect((await readNote(TITLE, 'silver'))?.body).toBe(BODY);
  });
});
