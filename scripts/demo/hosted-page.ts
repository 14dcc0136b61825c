import { ask, type Answer } from './client';

interface Form {
  action: string;
  fields: Record<string, string>;
}

const attribute = (tag: string, name: string): string | undefined =>
  new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1]?.replace(/&amp;/g, '&');

/** The forms of a page, with what their fields hold already. */
const formsOf = (page: string, url: string): Form[] =>
  [...page.matchAll(/<form\b[^>]*>[\s\S]*?<\/form>/g)].map(([form]) => {
    const inputs = [...form.matchAll(/<(?:input|button)\b[^>]*>/g)].map(([tag]) => tag);
    const fields = inputs.flatMap((tag) => {
      const name = attribute(tag, 'name');
      const type = attribute(tag, 'type');
      const unticked = (type === 'radio' || type === 'checkbox') && !/\schecked/.test(tag);
      const chosen = type !== 'submit' && !tag.startsWith('<button');
      return name && chosen && !unticked ? [[name, attribute(tag, 'value') ?? '']] : [];
    });
    return {
      action: new URL(attribute(form, 'action') ?? '', url).href,
      fields: Object.fromEntries(fields),
    };
  });

/** Opens a hosted page and sends the first of its forms whose address fits, as a browser would. */
export const fillForm = async (
  url: string,
  filled: Record<string, string>,
  fits = /./
): Promise<Answer> => {
  const page = await ask(url);
  const form = formsOf(page.text, url).find(({ action }) => fits.test(action));
  if (!form)
    throw new Error(`${url} (${page.status}) has no form for ${fits}:\n${page.text.slice(0, 800)}`);
  return ask(form.action, { form: { ...form.fields, ...filled } });
};
