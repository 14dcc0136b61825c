const EVERY_MS = 1500;
const shown = Number(document.querySelector('script[data-mails]').dataset.mails);

/** Shows new mail when it comes, and leaves the page alone until then. */
setInterval(async () => {
  const mails = await fetch('/demo/mailbox.json')
    .then((response) => response.json())
    .catch(() => null);
  if (mails && mails.length !== shown) location.reload();
}, EVERY_MS);
