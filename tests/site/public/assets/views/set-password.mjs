import { api, session } from '../api.mjs';
import { h } from '../dom.mjs';
import { notice } from '../parts/notice.mjs';
import { form, newPassword } from './sign-in.mjs';

/** Where the mail to a guest leads who has paid and has no password yet. */
export const setPassword = async ({ query, go }) => {
  const code = query.get('code');
  return h(
    'section',
    { class: 'sheet' },
    h('h1', {}, 'Set a password'),
    code
      ? [
          h('p', {}, 'Choose a password, and what you bought is in your account.'),
          form('Set password', [newPassword()], async ({ password }) => {
            session.start((await api.resetPassword(code, password)).jwt);
            await go('/account', { replace: true });
          }),
        ]
      : notice('This link is not complete. Please open it from the mail again.')
  );
};
