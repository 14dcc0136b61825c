import { h, icon, ICONS } from '../dom.mjs';
import { date, list } from '../format.mjs';

const label = ({ visibility, tiers, opensAt }) => {
  if (visibility === 'members') return 'For members';
  if (visibility === 'tiers')
    return list(
      tiers.map(({ name }) => name),
      'disjunction'
    );
  if (opensAt) return `Open to all on ${date(opensAt, { day: 'numeric', month: 'short' })}`;
  return 'For paying members';
};

const YOURS = new Set(['member', 'tier', 'staff', 'token']);

/** Who may read an entry, in a few words; the same words everywhere. */
export const badge = (access) => {
  if (!access || (access.granted && !YOURS.has(access.reason)))
    return h('span', { class: 'badge badge-open' }, 'Free to read');
  const kind = access.granted ? 'badge-yours' : 'badge-locked';
  const tone = access.visibility === 'tiers' ? ` badge-${access.tiers[0]?.slug}` : '';
  return h(
    'span',
    { class: `badge ${kind}${tone}` },
    icon(access.granted ? ICONS.open : access.opensAt ? ICONS.clock : ICONS.lock),
    h('span', { class: 'hidden' }, access.granted ? 'Unlocked for you: ' : 'Locked: '),
    label(access)
  );
};
