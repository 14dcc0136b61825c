import { api, session } from '../api.mjs';
import { announce, h, icon, ICONS } from '../dom.mjs';
import { every, money, planName } from '../format.mjs';
import { attempt } from './notice.mjs';

const WISH = 'tideline.currency';
const planKey = ({ interval, intervalCount }) => `${interval}-${intervalCount}`;
const unique = (values) => [...new Set(values)];

const choice = (legend, name, options, chosen, onchange) =>
  h(
    'fieldset',
    { class: 'choice' },
    h('legend', { class: 'hidden' }, legend),
    options.map(([value, label]) =>
      h(
        'label',
        {},
        h('input', {
          type: 'radio',
          name,
          value,
          checked: value === chosen,
          onchange: () => onchange(value),
        }),
        h('span', {}, label)
      )
    )
  );

/** Off to the hosted payment page; it sends the reader back to `/welcome`, and from there to `to`. */
const buy = async (price, to) => {
  const back = new URLSearchParams({ to });
  const { url } = await api.checkout({
    price: price.documentId,
    successUrl: `${location.origin}/welcome?session_id={CHECKOUT_SESSION_ID}&${back}`,
    cancelUrl: location.href,
  });
  location.assign(url);
};

const benefit = (text) => h('li', {}, icon(ICONS.check), text);

const tierCard = (tier, { currency, plan }, to, go) => {
  const price = tier.prices.find((one) => one.currency === currency && planKey(one) === plan);
  const problem = h('div');
  const button = h('button', { class: 'button button-main', type: 'button' }, `Get ${tier.name}`);
  button.addEventListener(
    'click',
    attempt(button, problem, () =>
      tier.kind === 'free' ? go(`/sign-up?to=${encodeURIComponent(to)}`) : buy(price, to)
    )
  );
  if (tier.kind === 'free') button.textContent = 'Sign up';
  const included = tier.includes.map(({ name }) => name).join(', ');
  return h(
    'section',
    { class: `tier tier-${tier.slug}`, 'aria-label': tier.name },
    h('h3', {}, tier.name),
    tier.description ? h('p', { class: 'tier-words' }, tier.description) : null,
    h(
      'p',
      { class: 'price' },
      tier.kind === 'free'
        ? [h('strong', {}, 'Nothing'), ' to pay']
        : price
          ? [h('strong', {}, money(price)), ` ${every(price)}`]
          : 'Not sold this way'
    ),
    price?.trialDays ? h('p', { class: 'trial' }, `${price.trialDays} days free`) : null,
    h('ul', { class: 'benefits' }, tier.benefits.map(benefit)),
    included ? h('p', { class: 'fine' }, `Includes ${included}.`) : null,
    (tier.kind === 'free' && session.token) || (tier.kind === 'paid' && !price) ? null : button,
    problem
  );
};

/** Tiers with a switch for currency and plan; `to` is where the reader goes on reading. */
export const plans = (tiers, { to, go }) => {
  const prices = tiers.flatMap((tier) => tier.prices);
  const currencies = unique(prices.map(({ currency }) => currency));
  const kinds = [...new Map(prices.map((price) => [planKey(price), planName(price)]))];
  const wished = localStorage.getItem(WISH);
  const state = {
    currency: currencies.includes(wished) ? wished : currencies[0],
    plan: kinds[0]?.[0],
  };
  const shelf = h('div', { class: 'tiers' });
  const draw = () => shelf.replaceChildren(...tiers.map((tier) => tierCard(tier, state, to, go)));
  const set = (key) => (value) => {
    state[key] = value;
    if (key === 'currency') localStorage.setItem(WISH, value);
    draw();
    announce('Prices changed.');
  };
  draw();
  const label = (currency) => [currency, currency.toUpperCase()];
  return h(
    'div',
    { class: 'plans' },
    h(
      'div',
      { class: 'switches' },
      kinds.length > 1 ? choice('Billing period', 'plan', kinds, state.plan, set('plan')) : null,
      currencies.length > 1
        ? choice('Currency', 'currency', currencies.map(label), state.currency, set('currency'))
        : null
    ),
    shelf
  );
};
