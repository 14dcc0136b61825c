/** Markup that is already safe to send. */
export class Html {
  constructor(readonly text: string) {}
}

type Value = string | number | boolean | Html | Html[] | null | undefined;

/** A template whose values are escaped unless they are markup themselves. */
export function html(parts: TemplateStringsArray, ...values: Value[]): Html {
  const text = parts.reduce((all, part, index) => all + render(values[index - 1]) + part);
  return new Html(text);
}

function render(value: Value): string {
  if (value === null || value === undefined || typeof value === 'boolean') return '';
  if (Array.isArray(value)) return value.map(render).join('');
  return value instanceof Html ? value.text : escape(String(value));
}

const entities = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&#39;'],
]);

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (each) => entities.get(each) ?? each);
}

/** Only web addresses may be linked to: a `javascript:` one is dropped. */
export function safeUrl(url: string | null | undefined): string | undefined {
  if (!url || !URL.canParse(url)) return undefined;
  return /^https?:$/.test(new URL(url).protocol) ? url : undefined;
}
