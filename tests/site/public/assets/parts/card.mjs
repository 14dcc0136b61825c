import { h } from '../dom.mjs';
import { badge } from './badge.mjs';

export const cover = (entry, props = {}) =>
  entry.cover
    ? h('img', {
        src: entry.cover.url,
        alt: entry.cover.alternativeText ?? '',
        width: 1200,
        height: 750,
        ...props,
      })
    : null;

export const byline = ({ author, readingMinutes, category }) =>
  h(
    'p',
    { class: 'byline' },
    [author?.name, category?.name, readingMinutes && `${readingMinutes} min`]
      .filter(Boolean)
      .join(' · ')
  );

/** An article in a list. The picture says nothing the title does not: its text stays empty. */
export const card = (entry, { lead = false } = {}) =>
  h(
    'article',
    { class: lead ? 'card card-lead' : 'card' },
    cover(entry, { loading: lead ? 'eager' : 'lazy', alt: '' }),
    h(
      'div',
      { class: 'card-text' },
      badge(entry.membershipAccess),
      h(
        lead ? 'h2' : 'h3',
        {},
        h('a', { href: `/read/${entry.slug}`, 'data-link': true }, entry.title)
      ),
      h('p', { class: 'excerpt' }, entry.excerpt),
      byline(entry)
    )
  );
