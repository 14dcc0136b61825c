import { api, session } from '../api.mjs';
import { h } from '../dom.mjs';
import { date, every, money } from '../format.mjs';
import { attempt } from '../parts/notice.mjs';

const SOURCES = {
  subscription: 'by subscription',
  purchase: 'bought',
  complimentary: 'a present from us',
  gift: 'a gift',
  team: 'through your team',
  import: 'carried over',
  registration: 'with your reader’s card',
};

const held = ({ name, sources, until, includedBy }) =>
  h(
    'li',
    {},
    h('strong', {}, name),
    ' ',
    includedBy
      ? `included in ${includedBy.name}`
      : sources.map((source) => SOURCES[source] ?? source).join(', '),
    until ? `, until ${date(until)}` : null
  );

const STATUS = {
  active: 'Active',
  trialing: 'Trial',
  past_due: 'Payment overdue',
  unpaid: 'Unpaid',
  paused: 'Paused',
  canceled: 'Ended',
};

const ending = ({ cancelAtPeriodEnd, cancelAt, currentPeriodEnd, endedAt }) => {
  if (endedAt) return `Ended on ${date(endedAt)}.`;
  if (cancelAt) return `Ends on ${date(cancelAt)}.`;
  if (!currentPeriodEnd) return null;
  return `${cancelAtPeriodEnd ? 'Ends' : 'Renews'} on ${date(currentPeriodEnd)}.`;
};

const EXPONENT = { jpy: 0 };

const subscription = (one) =>
  h(
    'li',
    { class: 'subscription' },
    h(
      'p',
      {},
      h('strong', {}, one.items.map(({ tier }) => tier?.name ?? 'Subscription').join(', ')),
      ' ',
      h('span', { class: `state state-${one.status}` }, STATUS[one.status] ?? one.status)
    ),
    h(
      'p',
      { class: 'fine' },
      one.items
        .filter(({ amount }) => amount !== null && one.currency)
        .map((item) => {
          const exponent = EXPONENT[one.currency] ?? 2;
          return `${money({ amount: item.amount, currency: one.currency, exponent })} ${every(item)}. `;
        }),
      ending(one)
    )
  );

const group = (title, content) => h('section', { class: 'group' }, h('h2', {}, title), content);

const part = (me, { to }) => {
  const problem = h('div');
  const manage = h('button', { class: 'button button-main', type: 'button' }, 'Manage payments');
  manage.addEventListener(
    'click',
    attempt(manage, problem, async () => {
      location.assign((await api.portal(location.href)).url);
    })
  );
  return [
    group(
      'You hold',
      me.tiers.length
        ? h('ul', { class: 'held' }, me.tiers.map(held))
        : h('p', {}, 'No tier yet. ', h('a', { href: to, 'data-link': true }, 'See what there is'))
    ),
    me.subscriptions.length
      ? group('Subscriptions', [
          h('ul', { class: 'held' }, me.subscriptions.map(subscription)),
          me.nextPayment
            ? h('p', {}, `Next payment: ${money(me.nextPayment)} on ${date(me.nextPayment.date)}.`)
            : null,
          problem,
          manage,
        ])
      : null,
  ];
};

/** What a reader holds and pays, and the way to change it. */
export const account = async ({ go }) => {
  if (!session.token) {
    await go('/sign-in?to=/account', { replace: true });
    return [];
  }
  const [user, me] = await Promise.all([api.user(), api.me()]);
  const leave = () => {
    session.end();
    return go('/');
  };
  return h(
    'section',
    { class: 'sheet sheet-wide' },
    h('h1', {}, 'Your account'),
    h('p', {}, `Signed in as ${user.email}.`),
    part(me, { to: '/join' }),
    h('button', { class: 'button', type: 'button', onclick: leave }, 'Sign out')
  );
};
