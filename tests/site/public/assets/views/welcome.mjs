import { api, session } from '../api.mjs';
import { h } from '../dom.mjs';
import { notice } from '../parts/notice.mjs';
import { inside } from './sign-in.mjs';

const TRIES = 6;
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Some payments take a moment to settle; Stripe then tells the site by itself. */
const settle = async (sessionId) => {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await api.sync(sessionId);
    if (answer.synced || answer.status !== 'complete' || attempt === TRIES) return answer;
    await wait(attempt * 400);
  }
};

const NEXT = {
  'set-password': 'We have sent you a mail with a link to set your password. Open it, and read on.',
  claim:
    'You already have an account with this address. We have sent you a link: sign in with it, and what you bought is yours.',
};

/** Where the hosted payment page sends the reader back to. */
export const welcome = async ({ query }) => {
  const sessionId = query.get('session_id');
  const to = inside(query.get('to'));
  const sheet = (title, ...content) =>
    h('section', { class: 'sheet' }, h('h1', {}, title), ...content);
  const link = (label, href = to) =>
    h('a', { class: 'button button-main', href, 'data-link': true }, label);

  if (!sessionId) return sheet('Welcome', link('To the front page', '/'));
  const { status, synced, account } = await settle(sessionId);
  if (status !== 'complete') {
    return sheet('Not paid', h('p', {}, 'The payment was not finished.'), link('Back'));
  }
  if (!session.token) {
    // Who has just been sent a link cannot sign in yet, or should not before it was opened.
    const mailed = NEXT[account];
    return mailed
      ? sheet('Thank you', h('p', {}, mailed), link('Back to where you were'))
      : sheet(
          'Thank you',
          h('p', {}, 'Sign in with your account, and read on.'),
          link('Sign in', `/sign-in?to=${encodeURIComponent(to)}`)
        );
  }
  return sheet(
    'Welcome aboard',
    synced
      ? h('p', {}, 'Your payment has arrived, and the rest of the magazine is open.')
      : notice('Your payment is on its way. This can take a minute.', 'info'),
    link(to === '/' ? 'To the front page' : 'Read on')
  );
};
