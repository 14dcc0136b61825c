import { session } from './api.mjs';
import { h } from './dom.mjs';
import { demoBar } from './parts/demo-bar.mjs';
import { trouble } from './parts/notice.mjs';
import { account } from './views/account.mjs';
import { article } from './views/article.mjs';
import { claim } from './views/claim.mjs';
import { home } from './views/home.mjs';
import { join } from './views/join.mjs';
import { letters } from './views/letters.mjs';
import { setPassword } from './views/set-password.mjs';
import { signIn, signUp } from './views/sign-in.mjs';
import { welcome } from './views/welcome.mjs';

const ROUTES = [
  [/^\/$/, home],
  [/^\/(?:(fr)\/)?read\/([^/]+)\/?$/, article],
  [/^\/letters\/?$/, letters],
  [/^\/join\/?$/, join],
  [/^\/sign-in\/?$/, signIn],
  [/^\/sign-up\/?$/, signUp],
  [/^\/account\/?$/, account],
  [/^\/welcome\/?$/, welcome],
  [/^\/set-password\/?$/, setPassword],
  [/^\/claim\/?$/, claim],
];

const main = document.getElementById('main');

const drawNav = () => {
  const link = (href, label) =>
    h(
      'a',
      {
        href,
        'data-link': true,
        'aria-current': location.pathname === href.split('?')[0] ? 'page' : null,
      },
      label
    );
  // Back to the article after signing in, but never back to a page one only passes through.
  const stays = /^\/(?:(?:fr\/)?read\/|letters|join)/.test(location.pathname);
  const to = stays ? `?to=${encodeURIComponent(location.pathname)}` : '';
  const door = session.token ? link('/account', 'Account') : link(`/sign-in${to}`, 'Sign in');
  document
    .getElementById('nav')
    .replaceChildren(
      link('/', 'Articles'),
      link('/letters', 'Letters'),
      link('/join', 'Join'),
      door
    );
};

let drawing = 0;

/** Draws the page of the present address; what a slower, earlier page answers is thrown away. */
const draw = async ({ focus = true } = {}) => {
  const turn = ++drawing;
  drawNav();
  main.setAttribute('aria-busy', 'true');
  const [path, view] = ROUTES.find(([pattern]) => pattern.test(location.pathname)) ?? ROUTES[0];
  const context = {
    params: path
      .exec(location.pathname)
      ?.slice(1)
      .map((part) => part && decodeURIComponent(part)),
    query: new URLSearchParams(location.search),
    go,
    redraw: () => draw({ focus: false }),
  };
  const page = await view(context).catch((error) => trouble(error, context.redraw));
  if (turn !== drawing) return;
  main.replaceChildren(...[page].flat());
  main.removeAttribute('aria-busy');
  const heading = main.querySelector('h1');
  document.title = heading ? `${heading.textContent} — Tideline` : 'Tideline';
  drawNav();
  if (focus) {
    scrollTo(0, 0);
    main.focus({ preventScroll: true });
  }
};

const go = (path, { replace = false } = {}) => {
  history[replace ? 'replaceState' : 'pushState'](null, '', path);
  return draw();
};

document.addEventListener('click', (event) => {
  const link = event.target.closest('a[data-link]');
  if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
  event.preventDefault();
  go(link.getAttribute('href'));
});
addEventListener('popstate', () => draw());

draw({ focus: false });
demoBar(document.getElementById('demo'), () => draw({ focus: false }));
