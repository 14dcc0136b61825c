const { randomUUID } = require('node:crypto');
const { mkdir, readdir, readFile, rename, writeFile } = require('node:fs/promises');
const path = require('node:path');
const siteHook = require('../site-hook');

const folder = () =>
  path.resolve(process.env.MAILBOX_DIR || path.join(__dirname, '../../.tmp/mailbox'));

let sent = 0;

/** An e-mail provider whose post office is a folder: one JSON file per mail. */
exports.createMailbox = ({ settings = {} } = {}) => ({
  async send(options) {
    const dir = folder();
    await mkdir(dir, { recursive: true });
    const mail = {
      // By the machine's clock and a counter: names sort in the order of sending even while the
      // site's own clock stands still.
      id: `${Date.now()}-${String((sent += 1)).padStart(6, '0')}-${randomUUID().slice(0, 8)}`,
      sentAt: new Date(siteHook().clock?.() ?? Date.now()).toISOString(),
      from: options.from ?? settings.defaultFrom,
      replyTo: options.replyTo ?? settings.defaultReplyTo,
      to: options.to,
      cc: options.cc,
      bcc: options.bcc,
      subject: options.subject,
      text: options.text,
      html: options.html,
      headers: options.headers,
    };
    // Written beside and renamed: who lists the folder never sees half a mail.
    const draft = path.join(dir, `.${mail.id}.tmp`);
    await writeFile(draft, JSON.stringify(mail, null, 2));
    await rename(draft, path.join(dir, `${mail.id}.json`));
  },
});

/** Every mail that was sent, newest first. */
exports.readMailbox = async () => {
  const names = await readdir(folder()).catch(() => []);
  const files = names.filter((name) => name.endsWith('.json')).sort();
  const mails = await Promise.all(files.map((name) => readFile(path.join(folder(), name), 'utf8')));
  return mails.map((mail) => JSON.parse(mail)).reverse();
};
