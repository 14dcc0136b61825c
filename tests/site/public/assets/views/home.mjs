import { api } from '../api.mjs';
import { h } from '../dom.mjs';
import { card } from '../parts/card.mjs';

/** The front page: one article large, the others beside and below it. */
export const home = async () => {
  const [front, articles] = await Promise.all([api.home().catch(() => null), api.articles()]);
  const order = front?.featured?.map(({ slug }) => slug) ?? [];
  const rank = ({ slug }) => (order.includes(slug) ? order.indexOf(slug) : order.length);
  const [lead, ...rest] = [...articles].sort((one, other) => rank(one) - rank(other));
  return [
    h(
      'section',
      { class: 'hero' },
      h('h1', {}, front?.headline ?? 'Tideline'),
      front?.intro ? h('p', {}, front.intro) : null
    ),
    lead
      ? card(lead, { lead: true })
      : h('p', { class: 'wait' }, 'Nothing has been published yet.'),
    h(
      'section',
      { class: 'grid', 'aria-label': 'More articles' },
      rest.map((one) => card(one))
    ),
  ];
};
