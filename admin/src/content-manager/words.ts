import { blockText, freePart, isMarkerBlock, type PaywallType } from '../../../contracts';
import { read } from '../lib/read';
import { withoutMarkers } from './marker';

/** What of Markdown is not read: comments, tags, addresses, and the marks themselves. */
const NOT_READ: [RegExp, string][] = [
  [/<!--[\s\S]*?-->/g, ' '],
  [/<[^>\n]*>/g, ' '],
  [/!?\[([^\]]*)\]\([^)]*\)/g, '$1'],
  [/!?\[([^\]]*)\]\[[^\]]*\]/g, '$1'],
  [/^\s*\[[^\]]+\]:.*$/gm, ' '],
  [/^\s*(```|~~~).*$/gm, ' '],
  [/https?:\/\/\S+/g, ' '],
  [/[*_`~#>|]/g, ' '],
];

/** Blocks stand on lines of their own, or the last word of one would run into the next. */
const textOf = (type: PaywallType, value: unknown): string => {
  if (type === 'blocks') {
    return Array.isArray(value)
      ? value.flatMap((block) => (isMarkerBlock(block) ? [] : [linesOf(block)])).join('\n')
      : '';
  }
  if (typeof value !== 'string') return '';
  return NOT_READ.reduce((text, [mark, put]) => text.replace(mark, put), withoutMarkers(value));
};

/** A list holds its items in its `children`, and an item may hold a list. */
const linesOf = (node: unknown): string => {
  const children = read(node, 'children');
  return read(node, 'type') === 'list' && Array.isArray(children)
    ? children.map(linesOf).join('\n')
    : blockText(node);
};

/**
 * Words as a reader counts them. `Intl.Segmenter` knows where words end in languages that are written
 * without spaces; where there is none, spaces decide.
 */
export const countWords = (text: string): number => {
  if (typeof Intl.Segmenter !== 'function') return text.split(/\s+/).filter(Boolean).length;
  let words = 0;
  for (const { isWordLike } of new Intl.Segmenter(undefined, { granularity: 'word' }).segment(
    text
  )) {
    if (isWordLike) words += 1;
  }
  return words;
};

/** The words of a field's free part and of the whole field. */
export const countFree = (type: PaywallType, value: unknown): { free: number; all: number } => ({
  free: countWords(textOf(type, freePart(type, value))),
  all: countWords(textOf(type, value)),
});
