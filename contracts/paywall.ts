/**
 * Where the free part of a Markdown or Blocks field ends. The gate cuts by it and the editor's panel
 * counts by it, so that the two can never drift.
 */
export const PAYWALL_MARKER = '<!--members-only-->';

/** Attribute types that may hold the marker. */
export type PaywallType = 'richtext' | 'blocks';

// Somewhat more than the contract's spelling: a marker written by hand must not fail to close.
export const MARKER = /<!--\s*members-only\s*-->/i;
const ONLY_MARKER = /^\s*<!--\s*members-only\s*-->\s*$/i;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/** The text of a node of Blocks and of all below it. */
export const blockText = (node: unknown): string => {
  if (!isObject(node)) return '';
  if (typeof node.text === 'string') return node.text;
  return Array.isArray(node.children) ? node.children.map(blockText).join('') : '';
};

/** In Blocks the marker is a paragraph of its own: Strapi's server refuses unknown block types. */
export const isMarkerBlock = (block: unknown): boolean =>
  isObject(block) && block.type === 'paragraph' && ONLY_MARKER.test(blockText(block));

/**
 * The part above the paywall marker; null when there is no marker or nothing above it, and then
 * nothing of the field is free.
 */
export const freePart = (type: PaywallType, value: unknown): string | unknown[] | null => {
  if (type === 'richtext') {
    if (typeof value !== 'string') return null;
    const at = value.search(MARKER);
    return at < 0 ? null : value.slice(0, at).trimEnd() || null;
  }
  if (!Array.isArray(value)) return null;
  const at = value.findIndex(isMarkerBlock);
  return at > 0 ? value.slice(0, at) : null;
};
