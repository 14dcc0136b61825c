import { api, session } from '../api.mjs';
import { h } from '../dom.mjs';
import { attempt, notice } from '../parts/notice.mjs';

/** Where the mail leads when a guest has paid with the address of an existing account. */
export const claim = async ({ query, go }) => {
  const token = query.get('token');
  const sheet = (...content) =>
    h('section', { class: 'sheet' }, h('h1', {}, 'Add it to your account'), ...content);
  if (!token)
    return sheet(notice('This link is not complete. Please open it from the mail again.'));
  if (!session.token) {
    const to = encodeURIComponent(`/claim?token=${encodeURIComponent(token)}`);
    return sheet(
      h('p', {}, 'You paid with the address of an account that exists. Sign in to it first.'),
      h(
        'a',
        { class: 'button button-main', href: `/sign-in?to=${to}`, 'data-link': true },
        'Sign in'
      )
    );
  }
  const problem = h('div');
  const button = h('button', { class: 'button button-main', type: 'button' }, 'Add it');
  button.addEventListener(
    'click',
    attempt(button, problem, async () => {
      await api.claim(token);
      await go('/account', { replace: true });
    })
  );
  return sheet(
    h('p', {}, 'What you bought as a guest becomes part of this account.'),
    problem,
    button
  );
};
