import { isMarkerBlock, MARKER, type PaywallType } from '../../../contracts';

export { freePart, type PaywallType } from '../../../contracts';

export const isPaywallType = (type: string): type is PaywallType =>
  type === 'richtext' || type === 'blocks';

const EVERY_MARKER = new RegExp(MARKER, 'gi');

/** The whole field without the marker, as a reader who may read it sees it. */
export const withoutMarker = (type: PaywallType, value: unknown): unknown => {
  if (type === 'richtext') {
    return typeof value === 'string' ? value.replace(EVERY_MARKER, '') : value;
  }
  if (!Array.isArray(value) || !value.some(isMarkerBlock)) return value;
  return value.filter((block) => !isMarkerBlock(block));
};
