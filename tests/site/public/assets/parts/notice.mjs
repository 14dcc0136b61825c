import { h } from '../dom.mjs';

const WORDS = {
  'stripe-not-configured': 'This site cannot take payments yet: Stripe’s key is missing.',
  'stripe-unavailable': 'The payment service does not answer. Please try again in a moment.',
  'subscription-exists': 'You already have a subscription. Change it from your account.',
  'price-inactive': 'This price is no longer sold. Please choose another.',
  'member-suspended': 'Your membership is suspended. Please write to us.',
  'claim-invalid': 'This link has been used, or it has run out.',
  'rate-limited': 'That was a little fast. Please wait a minute.',
};

/** An error in words a reader can do something with. */
export const wording = (error) => WORDS[error.code] ?? error.message;

export const notice = (text, kind = 'error') =>
  h('p', { class: `notice notice-${kind}`, role: kind === 'error' ? 'alert' : 'status' }, text);

/** A whole page that could not be drawn. */
export const trouble = (error, retry) =>
  h(
    'section',
    { class: 'sheet' },
    h('h1', {}, 'That did not come in'),
    notice(wording(error)),
    h('button', { class: 'button', type: 'button', onclick: retry }, 'Try again')
  );

/** Runs a form or button handler with its button held, and shows what went wrong beside it. */
export const attempt = (button, place, work) => async (event) => {
  event?.preventDefault();
  button.disabled = true;
  place.replaceChildren();
  try {
    await work();
  } catch (error) {
    place.replaceChildren(notice(wording(error)));
  } finally {
    button.disabled = false;
  }
};
