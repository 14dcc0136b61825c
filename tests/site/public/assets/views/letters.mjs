import { api } from '../api.mjs';
import { h } from '../dom.mjs';
import { date } from '../format.mjs';
import { markdown } from '../markdown.mjs';
import { badge } from '../parts/badge.mjs';

const letter = (entry) => {
  const closed = entry.membershipAccess && !entry.membershipAccess.granted;
  const way = entry.membershipAccess?.visibility === 'members' ? '/sign-up' : '/join';
  return h(
    'article',
    { class: 'letter' },
    h('p', { class: 'letter-top' }, date(entry.sentAt), badge(entry.membershipAccess)),
    h(
      'h2',
      {},
      entry.name.replace(/^Letter: (.)/, (_, first) => first.toUpperCase())
    ),
    closed
      ? [
          h('p', {}, entry.summary),
          h('a', { class: 'button', href: `${way}?to=/letters`, 'data-link': true }, 'Read on'),
        ]
      : h('div', { class: 'prose' }, markdown(entry.body ?? ''))
  );
};

export const letters = async () => [
  h(
    'section',
    { class: 'hero hero-small' },
    h('h1', {}, 'Letters from the desks'),
    h('p', {}, 'Twice a month, to everybody with a reader’s card.')
  ),
  h('section', { class: 'letters' }, (await api.letters()).map(letter)),
];
