import { h } from './dom.mjs';
import { safe } from './markdown.mjs';

const MARKER = '<!--members-only-->';

const text = (children = []) =>
  children.map((child) => {
    if (child.type === 'link') return h('a', { href: safe(child.url) }, text(child.children));
    if (child.bold) return h('strong', {}, child.text);
    if (child.italic) return h('em', {}, child.text);
    return child.text ?? '';
  });

const isMarker = ({ type, children = [] }) =>
  type === 'paragraph' && children.length === 1 && children[0].text?.trim() === MARKER;

const block = ({ type, level, format, image, children }) => {
  if (type === 'heading') return h(`h${Math.max(2, level)}`, {}, text(children));
  if (type === 'quote') return h('blockquote', {}, h('p', {}, text(children)));
  if (type === 'image') return h('img', { src: safe(image.url), alt: image.alternativeText ?? '' });
  if (type === 'list') {
    const items = children.map((item) => h('li', {}, text(item.children)));
    return h(format === 'ordered' ? 'ol' : 'ul', {}, items);
  }
  return h('p', {}, text(children));
};

/** What Strapi's blocks editor writes, as elements. */
export const blocks = (story) => story.filter((one) => !isMarker(one)).map(block);
