import { isMarkerBlock, MARKER, PAYWALL_MARKER, type PaywallType } from '../../../contracts';
import { read } from '../lib/read';

/** Placing and removing the paywall marker, without an editor: text in, text out. */

const EVERY_MARKER = new RegExp(`\\n*${MARKER.source}\\n*`, 'gi');

const FENCE = /^(```|~~~)/;

export const hasMarker = (type: PaywallType, value: unknown): boolean =>
  type === 'richtext'
    ? typeof value === 'string' && MARKER.test(value)
    : Array.isArray(value) && value.some(isMarkerBlock);

/** Without any marker; the paragraphs around it stay apart. */
export const withoutMarkers = (text: string): string =>
  text.replace(EVERY_MARKER, (_marker, at: number, whole: string) =>
    at === 0 || at + _marker.length === whole.length ? '' : '\n\n'
  );

/** Where each paragraph begins; blank lines within fenced code part nothing. */
const paragraphStarts = (text: string): number[] => {
  const starts: number[] = [];
  let offset = 0;
  let isFenced = false;
  let isBlankBefore = true;
  for (const line of text.split('\n')) {
    const isBlank = line.trim() === '';
    if (isBlankBefore && !isBlank && !isFenced) starts.push(offset);
    if (FENCE.test(line.trim())) isFenced = !isFenced;
    isBlankBefore = isBlank;
    offset += line.length + 1;
  }
  return starts;
};

/** Headings say what comes; the first thing to read is below them. */
const isHeading = (text: string, start: number): boolean => /^#{1,6}\s/.test(text.slice(start));

/**
 * Markdown with one marker: above the paragraph at `cursor`, so that this one is for members, else
 * below the first paragraph. Never above everything, where nothing would be free.
 */
export const placeInMarkdown = (given: string, cursor: number | null): string => {
  // What is taken out above the cursor moves it up.
  const above = cursor === null ? null : withoutMarkers(given.slice(0, cursor)).length;
  const text = withoutMarkers(given);
  const starts = paragraphStarts(text);
  const first = starts.findIndex((start) => !isHeading(text, start));
  const wanted =
    above === null || above === 0 ? -1 : starts.filter((start) => start <= above).length - 1;
  const start = starts[Math.max(wanted, first + 1, 1)];
  if (start === undefined) return `${text.trimEnd()}\n\n${PAYWALL_MARKER}\n`;
  return `${text.slice(0, start).trimEnd()}\n\n${PAYWALL_MARKER}\n\n${text.slice(start)}`;
};

export const markerBlock = () => ({
  type: 'paragraph' as const,
  children: [{ type: 'text' as const, text: PAYWALL_MARKER }],
});

/** The same for Blocks, by the index of the block with the cursor. */
export const placeInBlocks = (given: readonly unknown[], cursor: number | null): unknown[] => {
  const above = cursor === null ? 0 : given.slice(0, cursor).filter((one) => !isMarkerBlock(one));
  const blocks = given.filter((block) => !isMarkerBlock(block));
  const at = Math.min(blockIndex(blocks, above === 0 ? null : above.length), blocks.length);
  return [...blocks.slice(0, at), markerBlock(), ...blocks.slice(at)];
};

const isBlockHeading = (block: unknown): boolean => read(block, 'type') === 'heading';

/** Where the marker goes among blocks that hold none. */
export const blockIndex = (blocks: readonly unknown[], cursor: number | null): number => {
  const first = blocks.findIndex((block) => !isBlockHeading(block));
  return cursor === null || cursor === 0 ? Math.max(first + 1, 1) : cursor;
};
