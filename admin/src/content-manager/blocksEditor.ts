import { blockText, isMarkerBlock, PAYWALL_MARKER } from '../../../contracts';
import { placeInBlocks } from './marker';

/**
 * The panel reaches a Blocks editor as a person would: by pasting. The editor's own plugin
 * (`markerBlocks`) makes a marker of what is pasted, in the editor's history, so that undo takes it
 * back. A change of the form's value would build the editor anew, under a history that no longer fits.
 */
export const REMOVE_MARKER = '<!--/members-only-->';

const packed = (text: string): string => text.replace(/[\s\uFEFF]/g, '');

const textShown = (editor: Element): string =>
  [...editor.querySelectorAll('[data-slate-string]')].map((part) => part.textContent).join('');

/** The editor that shows these blocks; null when none does, or two do. */
const findEditor = (blocks: readonly unknown[]): Element | null => {
  const text = packed(blocks.map(blockText).join(''));
  const shown = [
    ...document.querySelectorAll('[data-slate-editor][contenteditable="true"]'),
  ].filter((editor) => packed(textShown(editor)) === text);
  return shown.length === 1 ? (shown[0] ?? null) : null;
};

/** Whether the editor took it. */
const paste = (editor: Element, text: string): boolean => {
  const clipboardData = new DataTransfer();
  clipboardData.setData('text/plain', text);
  const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
  return !editor.dispatchEvent(event);
};

/**
 * Places the marker into a Blocks field, or takes it out.
 *
 * @param onChange takes the new blocks where the editor could not be found
 */
export const markBlocks = (
  blocks: readonly unknown[],
  action: 'place' | 'remove',
  onChange: (blocks: unknown[]) => void
): void => {
  const editor = findEditor(blocks);
  if (editor && paste(editor, action === 'place' ? PAYWALL_MARKER : REMOVE_MARKER)) return;
  onChange(
    action === 'place'
      ? placeInBlocks(blocks, null)
      : blocks.filter((block) => !isMarkerBlock(block))
  );
};
