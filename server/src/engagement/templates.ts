import { Liquid } from 'liquidjs';
import { marked } from 'marked';
import sanitizeHtml from 'sanitize-html';
import type { Template } from '../store';

interface Source {
  subject: string;
  /** Markdown with Liquid; `link` is the one thing to click. */
  body: string;
}

const SOURCES: Readonly<Record<Template, Source>> = {
  'set-password': {
    subject: 'Your membership is ready: set a password',
    body: [
      'Thank you for joining.',
      'Your account was made for **{{ email }}**. Set a password once, and you can read everywhere:',
      '[Set your password]({{ link }})',
      'If the link has grown old, ask for a new one with “Forgot password” on the sign-in page.',
    ].join('\n\n'),
  },
  claim: {
    subject: 'Add your new membership to your account',
    body: [
      'Thank you for joining.',
      'There is already an account for **{{ email }}**. Sign in to it through this link, and the membership is yours:',
      '[Add the membership to my account]({{ link }})',
      'The link works once, and for {{ days }} days. If you did not buy anything, you can ignore this mail: nobody gets into your account by it.',
    ].join('\n\n'),
  },
};

const LAYOUT = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>{{ subject | escape }}</title>
  </head>
  <body style="margin:0;padding:24px 16px;font:16px/1.6 -apple-system,'Segoe UI',Roboto,sans-serif">
    <div style="max-width:560px;margin:0 auto">{{ content }}</div>
  </body>
</html>`;

const engine = new Liquid({ strictVariables: true });

const fill = (template: string, values: Record<string, unknown>): string =>
  String(engine.parseAndRenderSync(template, values));

const ALLOWED = { allowedTags: ['p', 'strong', 'em', 'a', 'ul', 'ol', 'li', 'br'] };

/** Stands for the address until the markup is made: Markdown would turn `www.…/@…` into a link. */
const ADDRESS = 'THEADDRESS';

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (char) => ESCAPES[char] ?? '');

/** A body as plain text, before anybody's values are in it. */
const asPlain = (body: string): string =>
  body.replace(/\*\*/g, '').replace(/\[([^\]]+)\]\(([^)]+)\)/g, '$1: $2');

export interface RenderedMail {
  subject: string;
  text: string;
  html: string;
}

/** A mail's subject, plain text and HTML. Values are text: they cannot bring markup along. */
export const renderMail = (
  template: Template,
  { link, ...values }: { link: string; email: string; days: number }
): RenderedMail => {
  const { subject, body } = SOURCES[template];
  const markdown = marked.parse(fill(body, { ...values, link, email: ADDRESS }), { async: false });
  const content = sanitizeHtml(markdown, ALLOWED).replaceAll(ADDRESS, () =>
    escapeHtml(values.email)
  );
  return {
    subject,
    text: fill(asPlain(body), { ...values, link }),
    html: fill(LAYOUT, { subject, content }),
  };
};
