import { html, Html } from './html';

const style = `
:root { color-scheme: light dark; --ground:#f6f7fb; --card:#fff; --ink:#1b2033; --soft:#5b6178;
  --line:#d9dce8; --main:#4b3fe0; --onmain:#fff; --bad:#b3172e; --badground:#fdecef; --note:#fff4d6; --onnote:#5c4300; }
@media (prefers-color-scheme: dark) { :root { --ground:#12141d; --card:#1c1f2b; --ink:#eef0f8;
  --soft:#a9afc5; --line:#363b4e; --main:#8f86ff; --onmain:#12122a; --bad:#ff93a3; --badground:#3a1920; --note:#3b3215; --onnote:#ffe4a0; } }
* { box-sizing: border-box; }
body { margin:0; background:var(--ground); color:var(--ink); font:16px/1.5 system-ui, sans-serif; }
.note { margin:0; background:var(--note); color:var(--onnote); padding:.5rem 1rem; text-align:center; font-size:.875rem; }
main { max-width:60rem; margin:0 auto; padding:1.5rem 1rem 3rem; }
.columns { display:grid; gap:1.5rem; }
@media (min-width: 48rem) { .columns { grid-template-columns: 1fr 1fr; align-items:start; } main { padding-top:3rem; } }
.card { background:var(--card); border:1px solid var(--line); border-radius:.75rem; padding:1.25rem; }
.card + .card { margin-top:1rem; } .columns > .card { margin-top:0; }
.price small { font-size:1rem; font-weight:400; }
h1 { font-size:1.5rem; line-height:1.25; margin:0 0 .5rem; overflow-wrap:anywhere; }
h2 { font-size:1.125rem; margin:0 0 .75rem; overflow-wrap:anywhere; }
.price { font-size:2rem; font-weight:650; margin:.25rem 0; }
.soft { color:var(--soft); margin:.25rem 0; }
dl { display:grid; grid-template-columns:1fr auto; gap:.5rem 1rem; margin:1rem 0 0; }
dt { overflow-wrap:anywhere; } dd { margin:0; font-variant-numeric:tabular-nums; text-align:right; }
label { display:block; font-weight:600; margin:.75rem 0 .25rem; }
input[type=email], input[type=text], select, textarea { width:100%; font:inherit; color:inherit; background:var(--ground);
  border:1px solid var(--line); border-radius:.5rem; padding:.625rem .75rem; }
button, .button { display:inline-block; width:100%; font:inherit; font-weight:600; text-align:center; text-decoration:none;
  cursor:pointer; border-radius:.5rem; padding:.75rem 1rem; margin-top:.75rem; border:1px solid var(--line);
  background:transparent; color:var(--ink); }
.main { background:var(--main); color:var(--onmain); border-color:var(--main); }
:focus-visible { outline:3px solid var(--main); outline-offset:2px; }
.alert { background:var(--badground); color:var(--bad); border:1px solid var(--bad); border-radius:.5rem; padding:.75rem 1rem; margin:0 0 1rem; }
.back { display:inline-block; margin-bottom:1rem; color:inherit; }
details summary { cursor:pointer; font-weight:600; padding:.5rem 0; }
`;

/** A whole page, marked as simulated, that reads well narrow and wide, light and dark. */
export function layout(title: string, body: Html): string {
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${title}</title>
        <style>
          ${new Html(style)}
        </style>
      </head>
      <body>
        <p class="note" role="note">Simulated Stripe: no real payment is made here.</p>
        <main>${body}</main>
      </body>
    </html> `;
  return page.text;
}

/** What went wrong, read out at once by a screen reader. */
export function alert(message: string | undefined): Html | null {
  return message ? html`<p class="alert" role="alert">${message}</p>` : null;
}

/** A day as the page's reader writes it. */
export function day(seconds: number): string {
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(
    seconds * 1000
  );
}
