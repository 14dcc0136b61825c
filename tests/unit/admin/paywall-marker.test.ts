import { freePart } from '../../../contracts';
import {
  hasMarker,
  markerBlock,
  placeInBlocks,
  placeInMarkdown,
  withoutMarkers,
} from '../../../admin/src/content-manager/marker';
import { countFree, countWords } from '../../../admin/src/content-manager/words';

const MARKER = '<!--members-only-->';
const paragraph = (text: string) => ({ type: 'paragraph', children: [{ type: 'text', text }] });
const heading = (text: string) => ({
  type: 'heading',
  level: 2,
  children: [{ type: 'text', text }],
});
const list = (...items: string[]) => ({
  type: 'list',
  format: 'unordered',
  children: items.map((text) => ({ type: 'list-item', children: [{ type: 'text', text }] })),
});

describe('the marker in Markdown', () => {
  const text = 'One.\n\nTwo.\n\nThree.';

  test.each([
    ['below the first paragraph', text, null, 'One.'],
    ['above the paragraph with the cursor', text, text.indexOf('Three') + 2, 'One.\n\nTwo.'],
    ['never above everything', text, 2, 'One.'],
    ['below the heading’s first paragraph', '# Title\n\nOne.\n\nTwo.', null, '# Title\n\nOne.'],
    ['after the only paragraph', 'One.', null, 'One.'],
    ['not into fenced code', '```\na\n\nb\n```\n\nTwo.', null, '```\na\n\nb\n```'],
    ['somewhere else', `One.\n\n${MARKER}\n\nTwo.\n\nThree.`, 40, 'One.\n\nTwo.'],
  ])('goes %s', (_where, given, cursor, free) => {
    const marked = placeInMarkdown(given, cursor);
    expect(freePart('richtext', marked)).toBe(free);
    expect(marked.split(MARKER)).toHaveLength(2);
  });

  test('comes out without a trace', () => {
    for (const cursor of [null, 8, 14]) {
      expect(withoutMarkers(placeInMarkdown(text, cursor))).toBe(text);
    }
    expect(withoutMarkers(`One.\n\n<!-- members-only -->\n`)).toBe('One.');
    expect(hasMarker('richtext', text)).toBe(false);
  });
});

describe('the marker in Blocks', () => {
  const blocks = [paragraph('One.'), paragraph('Two.'), paragraph('Three.')];

  test.each([
    ['below the first paragraph', blocks, null, 1],
    ['above the block with the cursor', blocks, 2, 2],
    ['never above everything', blocks, 0, 1],
    ['below the heading’s first paragraph', [heading('T'), ...blocks], null, 2],
    ['somewhere else', [paragraph('One.'), markerBlock(), ...blocks], 4, 3],
    ['into nothing', [], null, 0],
  ])('goes %s', (_where, given, cursor, at) => {
    const marked = placeInBlocks(given, cursor);
    expect(marked[at]).toEqual(markerBlock());
    expect(marked.filter((block) => hasMarker('blocks', [block]))).toHaveLength(1);
  });
});

describe('words', () => {
  test.each([
    ['', 0],
    ['one two', 2],
    ['It’s a don’t-care — 12.5 %', 5],
    ['吾輩は猫である', 5],
    ['ภาษาไทย', 2],
  ])('of %p: %i', (text, words) => expect(countWords(text)).toBe(words));

  test('of Markdown are those one reads', () => {
    const text =
      `# A *bold* title\n\n![alt text](/uploads/a-b.png) and [a link](https://example.com/x)\n\n` +
      `${MARKER}\n\n- two more\n\n<!-- not this -->\n\n\`\`\`js\ncode here\n\`\`\``;
    expect(countFree('richtext', text)).toEqual({ free: 8, all: 12 });
  });

  test('of Blocks do not run into each other', () => {
    const blocks = [heading('Two words'), list('one', 'two'), markerBlock(), paragraph('three')];
    expect(countFree('blocks', blocks)).toEqual({ free: 4, all: 5 });
    expect(countFree('blocks', null)).toEqual({ free: 0, all: 0 });
    expect(countFree('richtext', undefined)).toEqual({ free: 0, all: 0 });
  });
});
