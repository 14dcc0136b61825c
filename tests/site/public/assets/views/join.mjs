import { api, session } from '../api.mjs';
import { h } from '../dom.mjs';
import { plans } from '../parts/plans.mjs';

/** Every tier and what it costs. */
export const join = async ({ query, go }) =>
  [
    h(
      'section',
      { class: 'hero hero-small' },
      h('h1', {}, 'Join Tideline'),
      h(
        'p',
        {},
        'Its readers pay for it. Leave whenever you like: your months are yours to the end.'
      )
    ),
    plans(await api.tiers(), { to: query.get('to') ?? '/', go }),
    session.token
      ? null
      : h(
          'p',
          { class: 'fine centred' },
          'You can pay before you have an account: we send you a link to set a password. ',
          h('a', { href: '/sign-in', 'data-link': true }, 'I have one already')
        ),
  ].filter(Boolean);
