import { api } from '../api.mjs';
import { blocks } from '../blocks.mjs';
import { h } from '../dom.mjs';
import { markdown } from '../markdown.mjs';
import { badge } from '../parts/badge.mjs';
import { byline, cover } from '../parts/card.mjs';
import { paywall } from '../parts/paywall.mjs';

const missing = () =>
  h(
    'section',
    { class: 'sheet' },
    h('h1', {}, 'No such article'),
    h('p', {}, h('a', { href: '/', 'data-link': true }, 'Back to the front page'))
  );

const quote = ({ text, source }) =>
  h('blockquote', { class: 'pull' }, h('p', {}, text), source ? h('cite', {}, source) : null);

const body = ({ body: source, story, sections }) => [
  source ? markdown(source) : null,
  story?.length ? blocks(story) : null,
  (sections ?? []).filter((part) => part.__component === 'shared.quote').map(quote),
];

const languages = (entry, locale) => {
  const other = (entry.localizations ?? []).find((one) => one.locale !== locale);
  if (!other) return null;
  const href =
    other.locale === 'en' ? `/read/${other.slug}` : `/${other.locale}/read/${other.slug}`;
  const label = other.locale === 'fr' ? 'Lire en français' : 'Read in English';
  return h(
    'a',
    { class: 'other-language', href, hreflang: other.locale, 'data-link': true },
    label
  );
};

const readNext = ({ related }) =>
  related?.length
    ? h(
        'aside',
        { class: 'next' },
        h('h2', {}, 'Read next'),
        related.map((one) =>
          h('a', { href: `/read/${one.slug}`, 'data-link': true }, h('strong', {}, one.title))
        )
      )
    : null;

/** An article, as far as this reader may read it. */
export const article = async ({ params: [language, slug], go }) => {
  const locale = language ?? 'en';
  const entry = await api.article(slug, locale);
  if (!entry) return missing();
  const access = entry.membershipAccess;
  const closed = access && !access.granted;
  const text = h('div', { class: closed ? 'prose prose-cut' : 'prose' }, body(entry));
  return h(
    'article',
    { class: 'reading', lang: locale },
    h(
      'header',
      {},
      h('div', { class: 'reading-top' }, badge(access), languages(entry, locale)),
      h('h1', {}, entry.title),
      h('p', { class: 'standfirst' }, entry.excerpt),
      byline(entry)
    ),
    cover(entry, { class: 'reading-cover' }),
    text.childNodes.length ? text : null,
    closed ? await paywall(access, { go }) : readNext(entry)
  );
};
