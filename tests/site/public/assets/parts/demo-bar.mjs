import { announce, h } from '../dom.mjs';
import { date } from '../format.mjs';

const ask = async (path, options) => {
  const response = await fetch(path, options);
  return response.ok ? response.json() : null;
};

/** The demo's own tools: its clock, its mailbox, its admin. On another site they do not exist. */
export const demoBar = async (place, redraw) => {
  const state = await ask('/demo/state').catch(() => null);
  if (!state) return;
  const clock = h('span', { class: 'demo-clock' }, date(state.now));
  const move = (label, step) =>
    h(
      'button',
      {
        type: 'button',
        onclick: async ({ currentTarget }) => {
          currentTarget.disabled = true;
          const moved = await ask('/demo/time', {
            method: 'POST',
            headers: { 'Content-Type': 'application/json' },
            body: JSON.stringify(step),
          });
          currentTarget.disabled = false;
          if (!moved) return announce('Time did not move.');
          clock.textContent = date(moved.now);
          announce(`It is now ${date(moved.now)}.`);
          await redraw();
        },
      },
      label
    );
  place.replaceChildren(
    h(
      'aside',
      { class: 'demo', 'aria-label': 'Demo tools' },
      h('span', { class: 'demo-name' }, 'Demo'),
      clock,
      state.movesTime ? [move('+1 day', { days: 1 }), move('+1 month', { months: 1 })] : null,
      h('a', { href: '/demo/mailbox', target: '_blank' }, 'Mailbox'),
      state.admin ? h('a', { href: '/admin', target: '_blank' }, 'Admin') : null
    )
  );
};
