import { h } from './dom.mjs';

const INLINE = /(\*\*.+?\*\*|\*.+?\*|\b_[^_]+_\b|`.+?`|\[[^\]]+\]\([^)\s]+\))/;

/** Only addresses a reader can be sent to: no `javascript:`. */
export const safe = (url) => (/^(https?:\/\/|mailto:|\/(?!\/)|#)/i.test(url) ? url : null);

const inline = (text) =>
  text.split(INLINE).map((part) => {
    if (/^\*\*.+\*\*$/.test(part)) return h('strong', {}, inline(part.slice(2, -2)));
    if (/^(\*.+\*|_.+_)$/.test(part)) return h('em', {}, inline(part.slice(1, -1)));
    if (/^`.+`$/.test(part)) return h('code', {}, part.slice(1, -1));
    const link = /^\[([^\]]+)\]\(([^)\s]+)\)$/.exec(part);
    if (!link) return part;
    const href = safe(link[2]);
    return href ? h('a', { href }, inline(link[1])) : link[1];
  });

const block = (text) => {
  const lines = text.split('\n');
  const first = lines[0];
  const heading = /^(#{1,4}) (.+)$/.exec(first);
  if (heading) {
    const rest = lines.slice(1).join('\n').trim();
    const level = Math.max(2, heading[1].length);
    return [h(`h${level}`, {}, inline(heading[2])), rest ? block(rest) : null];
  }
  if (/^(-{3,}|\*{3,})$/.test(first)) return h('hr');
  if (first.startsWith('>')) {
    const quoted = lines.map((line) => line.replace(/^> ?/, '')).join('\n');
    return h('blockquote', {}, quoted.split(/\n{2,}/).map(block));
  }
  const marker = /^(?:[-*]|\d+\.) /;
  if (marker.test(first)) {
    const items = text.split(/\n(?=(?:[-*]|\d+\.) )/);
    return h(
      /^\d/.test(first) ? 'ol' : 'ul',
      {},
      items.map((item) => h('li', {}, inline(item.replace(marker, '').replace(/\s*\n\s*/g, ' '))))
    );
  }
  return h('p', {}, inline(lines.join(' ')));
};

/** The Markdown editors use, as elements. Raw HTML in it stays text; comments are left out. */
export const markdown = (source) =>
  source
    .replace(/<!--[\s\S]*?-->/g, '')
    .split(/\n\s*\n/)
    .map((part) => part.trim())
    .filter(Boolean)
    .map(block);
