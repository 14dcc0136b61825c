import { api, session } from '../api.mjs';
import { h, icon, ICONS } from '../dom.mjs';
import { date, list } from '../format.mjs';
import { notice, wording } from './notice.mjs';
import { plans } from './plans.mjs';

/** The tiers that open an entry: those its rule names, and those that include one of them. */
const opening = (tiers, { visibility, tiers: named }) => {
  if (visibility === 'members') return tiers.filter(({ kind }) => kind === 'free');
  if (visibility === 'paid') return tiers.filter(({ kind }) => kind === 'paid');
  const wanted = new Set(named.map(({ documentId }) => documentId));
  return tiers.filter(
    (tier) => wanted.has(tier.documentId) || tier.includes.some((one) => wanted.has(one.documentId))
  );
};

const names = (tiers) =>
  list(
    tiers.map(({ name }) => name),
    'disjunction'
  );

const forPaying = (tiers, { visibility }) =>
  visibility === 'tiers'
    ? [`The rest is for ${names(tiers)} members`, 'Join them, and read on.']
    : ['The rest is for paying members', `${names(tiers)} opens it.`];

const WORDS = {
  anonymous: (tiers, access) =>
    access.visibility === 'members'
      ? ['The rest is for members', 'Membership begins with a reader’s card, and that is free.']
      : forPaying(tiers, access),
  'no-tier': forPaying,
  expired: (tiers) => [
    'Your membership has ended',
    `This piece was yours to read; with ${names(tiers)} it is again.`,
  ],
  'not-yet': () => ['Not yet', 'This piece opens for you some days after you join.'],
  suspended: () => [
    'Your membership is suspended',
    'Please write to us, and we shall sort it out.',
  ],
  error: () => ['We could not look up your membership', 'Please try again in a moment.'],
};

const SELLS = new Set(['anonymous', 'no-tier', 'expired']);

/** What stands where an article stops for this reader, and how to go on. */
export const paywall = async (access, { go }) => {
  const to = location.pathname;
  const known = await api.tiers().catch((error) => error);
  const tiers = Array.isArray(known) ? opening(known, access) : [];
  const [title, text] = (WORDS[access.reason] ?? WORDS.error)(
    tiers.length ? tiers : access.tiers,
    access
  );
  const here = `?to=${encodeURIComponent(to)}`;
  return h(
    'section',
    { class: 'paywall', 'aria-labelledby': 'paywall-title' },
    h('div', { class: 'paywall-mark' }, icon(ICONS.lock)),
    h('h2', { id: 'paywall-title' }, title),
    h('p', {}, text),
    access.opensAt
      ? h('p', { class: 'fine' }, `Open to everybody on ${date(access.opensAt)}.`)
      : null,
    known instanceof Error ? notice(wording(known)) : null,
    SELLS.has(access.reason) && tiers.length ? plans(tiers, { to, go }) : null,
    session.token
      ? null
      : h(
          'p',
          { class: 'fine' },
          'Have an account? ',
          h('a', { href: `/sign-in${here}`, 'data-link': true }, 'Sign in'),
          access.visibility === 'members'
            ? null
            : ['. Or pay first: we send you a link to set a password.']
        )
  );
};
