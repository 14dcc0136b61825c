const ENTITIES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escape = (text) => String(text ?? '').replace(/[&<>"']/g, (letter) => ENTITIES[letter]);

/** Plain text with its addresses as links. */
const linked = (text) =>
  escape(text).replace(
    /https?:\/\/[^\s<]+?(?=[.,;)]?(?:\s|$))/g,
    (url) => `<a href="${url}">${url}</a>`
  );

const when = (iso) =>
  new Date(iso).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' });

/** A mail's HTML runs nothing, and its links open beside the mailbox, where the magazine is. */
const frame = (html) =>
  `<iframe title="The mail" sandbox="allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation" srcdoc="${escape(`<base target="_top">${html}`)}"></iframe>`;

const mail = ({ subject, from, to, sentAt, text, html }) => `
  <article class="group mail">
    <h2>${escape(subject)}</h2>
    <p class="fine">To ${escape([to].flat().join(', '))} · from ${escape(from)} · <time datetime="${escape(sentAt)}">${when(sentAt)}</time></p>
    ${html ? frame(html) : ''}
    ${text ? `${html ? '<details><summary>As text</summary>' : ''}<pre>${linked(text)}</pre>${html ? '</details>' : ''}` : ''}
  </article>`;

exports.mailboxPage = (mails) => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Mailbox — Tideline</title>
    <link rel="icon" href="/assets/icon.svg" type="image/svg+xml" />
    <link rel="stylesheet" href="/assets/base.css" />
    <link rel="stylesheet" href="/assets/page.css" />
    <link rel="stylesheet" href="/assets/parts.css" />
    <link rel="stylesheet" href="/assets/forms.css" />
    <script type="module" src="/assets/mailbox.mjs" data-mails="${mails.length}"></script>
  </head>
  <body>
    <main>
      <section class="sheet sheet-wide">
        <h1>Mailbox</h1>
        <p>Every mail the site has sent, newest first. None of them left this machine.</p>
        <p><a class="button" href="/">To the magazine</a></p>
        ${mails.map(mail).join('') || '<p class="fine">Nothing has been sent yet. What comes appears here by itself.</p>'}
      </section>
    </main>
  </body>
</html>`;
