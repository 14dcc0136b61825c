import { PLUGIN_ID } from '../pluginId';

type Messages = Record<string, string>;

const FILES: Record<string, () => Promise<{ default: Messages }>> = {
  en: () => import('./en.json'),
  fr: () => import('./fr.json'),
  id: () => import('./id.json'),
};

/** A language we do not speak gets no messages: the English default of each message shows. */
const load = async (locale: string) => {
  const messages = (await FILES[locale]?.())?.default ?? {};
  const data = Object.fromEntries(
    Object.entries(messages).map(([key, message]) => [`${PLUGIN_ID}.${key}`, message])
  );
  return { locale, data };
};

export const loadTranslations = (locales: string[]) => Promise.all(locales.map(load));
