import { placeInMarkdown, withoutMarkers } from './marker';

/**
 * Strapi's Markdown editor has no extension point; it is CodeMirror 5, which leaves itself on its
 * element. Where it is not found, the form's value is changed instead, and it follows.
 */
interface CodeMirror {
  getValue(): string;
  getCursor(): unknown;
  indexFromPos(position: unknown): number;
  posFromIndex(index: number): unknown;
  replaceRange(text: string, from: unknown, to: unknown, origin: string): void;
  scrollIntoView(position: unknown): void;
}

const METHODS = [
  'getValue',
  'getCursor',
  'indexFromPos',
  'posFromIndex',
  'replaceRange',
  'scrollIntoView',
] as const;

const isCodeMirror = (value: unknown): value is CodeMirror =>
  typeof value === 'object' &&
  value !== null &&
  METHODS.every((method) => typeof Reflect.get(value, method) === 'function');

/** The editor that shows this text; null when none does, or two do. */
const findEditor = (text: string): CodeMirror | null => {
  const shown = [...document.querySelectorAll('.CodeMirror')]
    .map((element): unknown => Reflect.get(element, 'CodeMirror'))
    .filter(isCodeMirror)
    .filter((editor) => editor.getValue() === text.replaceAll('\r\n', '\n'));
  return shown.length === 1 ? (shown[0] ?? null) : null;
};

/** One change from the first letter that differs to the last, so that one undo takes it back. */
const replace = (editor: CodeMirror, next: string): void => {
  const now = editor.getValue();
  const shorter = Math.min(now.length, next.length);
  let start = 0;
  while (start < shorter && now[start] === next[start]) start += 1;
  let end = 0;
  while (end < shorter - start && now[now.length - 1 - end] === next[next.length - 1 - end])
    end += 1;
  const from = editor.posFromIndex(start);
  editor.replaceRange(
    next.slice(start, next.length - end),
    from,
    editor.posFromIndex(now.length - end),
    'paste'
  );
  editor.scrollIntoView(from);
};

/**
 * Places the marker into a Markdown field, or takes it out.
 *
 * @param onChange takes the new text where the editor could not be found
 */
export const markMarkdown = (
  text: string,
  action: 'place' | 'remove',
  onChange: (text: string) => void
): void => {
  const editor = findEditor(text);
  const cursor = editor ? editor.indexFromPos(editor.getCursor()) : null;
  const given = editor ? editor.getValue() : text;
  const next = action === 'place' ? placeInMarkdown(given, cursor) : withoutMarkers(given);
  if (editor) replace(editor, next);
  else onChange(next);
};
