import { api, session } from '../api.mjs';
import { h } from '../dom.mjs';
import { attempt } from '../parts/notice.mjs';

/** Only places on this site: an address from outside must not send a reader away after signing in. */
export const inside = (path) => (/^\/(?![/\\])/.test(path ?? '') ? path : '/');

export const field = (label, props) => h('label', { class: 'field' }, label, h('input', props));

export const form = (label, fields, work) => {
  const button = h('button', { class: 'button button-main', type: 'submit' }, label);
  const problem = h('div');
  const element = h('form', { class: 'form' }, fields, problem, button);
  element.addEventListener('submit', (event) =>
    attempt(button, problem, () => work(Object.fromEntries(new FormData(element))))(event)
  );
  return element;
};

const EMAIL = { name: 'email', type: 'email', autocomplete: 'email', required: true };
const password = (autocomplete) => ({
  name: 'password',
  type: 'password',
  minlength: 6,
  required: true,
  autocomplete,
});

export const newPassword = () => field('Password, six letters or more', password('new-password'));

const page = (title, text, ...rest) =>
  h('section', { class: 'sheet' }, h('h1', {}, title), h('p', {}, text), ...rest);

export const signIn = async ({ query, go }) => {
  const to = inside(query.get('to'));
  return page(
    'Sign in',
    'Welcome back.',
    form(
      'Sign in',
      [field('E-mail', EMAIL), field('Password', password('current-password'))],
      async ({ email, password: secret }) => {
        session.start((await api.signIn(email, secret)).jwt);
        await go(to, { replace: true });
      }
    ),
    h(
      'p',
      { class: 'fine' },
      'New here? ',
      h('a', { href: `/sign-up?to=${encodeURIComponent(to)}`, 'data-link': true }, 'Sign up'),
      ', it costs nothing.'
    )
  );
};

export const signUp = async ({ query, go }) => {
  const to = inside(query.get('to'));
  return page(
    'Sign up',
    'A reader’s card: the pieces for members, and the letter. It costs nothing.',
    form(
      'Sign up',
      [field('E-mail', EMAIL), newPassword()],
      async ({ email, password: secret }) => {
        session.start((await api.signUp(email, secret)).jwt);
        await go(to, { replace: true });
      }
    ),
    h(
      'p',
      { class: 'fine' },
      'Have an account? ',
      h('a', { href: `/sign-in?to=${encodeURIComponent(to)}`, 'data-link': true }, 'Sign in')
    )
  );
};
