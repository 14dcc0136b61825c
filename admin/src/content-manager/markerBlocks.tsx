import { Lock } from '@strapi/icons';

import { isMarkerBlock, PAYWALL_MARKER } from '../../../contracts';
import { read } from '../lib/read';
import { PLUGIN_ID } from '../pluginId';
import en from '../translations/en.json';
import { REMOVE_MARKER } from './blocksEditor';
import { blockIndex, markerBlock } from './marker';
import { MarkerBlock } from './MarkerBlock';

/**
 * The marker in Strapi's Blocks editor. The server knows no block but its own, so it is a paragraph
 * whose text is the marker; here it is shown as a line that cannot be written into.
 *
 * Slate is the Content Manager's own and must not be bundled a second time: of its editor only methods
 * are used, and declared here.
 */
interface BlocksEditor {
  children: unknown[];
  selection: { anchor: { path: number[] } } | null;
  isVoid: (element: unknown) => boolean;
  insertData: (data: DataTransfer) => void;
  insertNodes(node: unknown, options: { at: number[] }): void;
  removeNodes(options: { at: number[] }): void;
  select(target: unknown): void;
  start(at: number[]): unknown;
  withoutNormalizing(work: () => void): void;
}

const emptyParagraph = () => ({ type: 'paragraph', children: [{ type: 'text', text: '' }] });

const isEmptyParagraph = (block: unknown): boolean => {
  const children = read(block, 'children');
  return (
    read(block, 'type') === 'paragraph' &&
    Array.isArray(children) &&
    children.every((child) => read(child, 'text') === '')
  );
};

/** Takes every marker out; answers where the cursor's block is then. */
const takeOut = (editor: BlocksEditor): number | null => {
  let cursor = editor.selection?.anchor.path[0] ?? null;
  for (let at = editor.children.length - 1; at >= 0; at -= 1) {
    if (!isMarkerBlock(editor.children[at]) || editor.children.length === 1) continue;
    editor.removeNodes({ at: [at] });
    if (cursor !== null && at < cursor) cursor -= 1;
  }
  return cursor;
};

/** Above the block with the cursor, in place of an empty one; a field has one marker. */
const place = (editor: BlocksEditor): void =>
  editor.withoutNormalizing(() => {
    const cursor = takeOut(editor);
    const at = Math.min(blockIndex(editor.children, cursor), editor.children.length);
    if (at === cursor && isEmptyParagraph(editor.children[at])) editor.removeNodes({ at: [at] });
    editor.insertNodes(markerBlock(), { at: [at] });
    if (editor.children.length === at + 1) editor.insertNodes(emptyParagraph(), { at: [at + 1] });
    editor.select(editor.start([at + 1]));
  });

const withMarker = (editor: BlocksEditor): BlocksEditor => {
  const { isVoid, insertData } = editor;
  editor.isVoid = (element) => isMarkerBlock(element) || isVoid(element);
  editor.insertData = (data) => {
    const text = data.getData('text/plain').trim();
    if (text === PAYWALL_MARKER) place(editor);
    else if (text === REMOVE_MARKER) editor.withoutNormalizing(() => void takeOut(editor));
    else insertData(data);
  };
  return editor;
};

interface Block {
  matchNode(node: unknown): boolean;
}

const isBlock = (value: unknown): value is Block =>
  typeof value === 'object' && value !== null && 'matchNode' in value;

/** For the Content Manager's `addRichTextBlocks`: its blocks with the marker among them. */
export const withMarkerBlock = (blocks: Record<string, unknown>): Record<string, unknown> => {
  const { paragraph } = blocks;
  return {
    ...blocks,
    // The first that matches shows a block, and the marker is a paragraph too.
    ...(isBlock(paragraph)
      ? {
          paragraph: {
            ...paragraph,
            matchNode: (node: unknown) => paragraph.matchNode(node) && !isMarkerBlock(node),
          },
        }
      : {}),
    membersOnly: {
      renderElement: ({ attributes, children }: Parameters<typeof MarkerBlock>[0]) => (
        <MarkerBlock attributes={attributes}>{children}</MarkerBlock>
      ),
      matchNode: isMarkerBlock,
      isInBlocksSelector: true,
      icon: Lock,
      label: { id: `${PLUGIN_ID}.marker.block`, defaultMessage: en['marker.block'] },
      snippets: ['/members'],
      handleConvert: place,
      handleEnterKey: (editor: BlocksEditor) => {
        const at = (editor.selection?.anchor.path[0] ?? editor.children.length - 1) + 1;
        editor.insertNodes(emptyParagraph(), { at: [at] });
        editor.select(editor.start([at]));
      },
      handleBackspaceKey: (editor: BlocksEditor, event: { preventDefault(): void }) => {
        event.preventDefault();
        editor.withoutNormalizing(() => void takeOut(editor));
      },
      plugin: withMarker,
    },
  };
};
