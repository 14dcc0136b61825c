import type { Page } from 'playwright-core';
import { URL } from '../e2e/browser';
import { restarted } from './site';

/** Strapi's Content-Type Builder, on the page of one type. */

export const openType = async (page: Page, uid: string): Promise<void> => {
  await page.goto(`${URL}/admin/plugins/content-type-builder/content-types/${uid}`);
  await page.getByRole('button', { name: 'Edit', exact: true }).waitFor();
};

const advanced = async (page: Page): Promise<void> => {
  await page.getByRole('tab', { name: 'Advanced settings' }).click();
};

/** Opens the settings of the type. */
export const editType = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  await advanced(page);
};

/** Opens the settings of a field. */
export const editField = async (page: Page, name: string): Promise<void> => {
  await page
    .getByRole('button', { name: `Edit ${name}`, exact: true })
    .first()
    .click();
  await advanced(page);
};

export const finish = (page: Page): Promise<void> =>
  page.getByRole('button', { name: 'Finish' }).click();

/**
 * Saves the schema. The builder's own wait for the server is not asked: it gives up after 30 seconds
 * and its page stays covered.
 */
export const save = async (page: Page): Promise<void> => {
  const answered = page.waitForResponse((answer) => answer.url().endsWith('/update-schema'));
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  const answer = await answered;
  if (!answer.ok()) throw new Error(`the schema was refused: ${await answer.text()}`);
  await restarted();
};
