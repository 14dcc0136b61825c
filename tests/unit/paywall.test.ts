import { freePart, withoutMarker } from '../../server/src/domain/paywall';

const paragraph = (...texts: string[]) => ({
  type: 'paragraph',
  children: texts.map((text) => ({ type: 'text', text })),
});
const marker = paragraph('<!--members-only-->');
const heading = {
  type: 'heading',
  level: 2,
  children: [{ type: 'text', text: '<!--members-only-->' }],
};
const list = {
  type: 'list',
  children: [{ type: 'list-item', children: [{ type: 'text', text: 'a' }] }],
};

describe('Markdown', () => {
  test.each([
    ['no marker: nothing is free', 'all of it', null],
    ['the part above', 'free\n\n<!--members-only-->\n\nrest', 'free'],
    ['in the middle of a line', 'free <!--members-only--> rest', 'free'],
    ['the first of two', 'a<!--members-only-->b<!--members-only-->c', 'a'],
    ['nothing above', '<!--members-only-->rest', null],
    ['only blanks above', ' \n<!--members-only-->rest', null],
    ['written by hand', 'free <!-- Members-Only --> rest', 'free'],
    ['not quite a marker', 'free <!--members--> rest', null],
    ['no text at all', null, null],
  ])('%s', (_name, text, expected) => {
    expect(freePart('richtext', text)).toBe(expected);
  });

  test('without the markers for who may read', () => {
    expect(withoutMarker('richtext', 'a<!--members-only-->b<!-- members-only -->c')).toBe('abc');
    expect(withoutMarker('richtext', null)).toBeNull();
  });
});

describe('Blocks', () => {
  const free = paragraph('free');
  const rest = paragraph('rest');

  test.each([
    ['no marker: nothing is free', [free, rest], null],
    ['the blocks above', [free, list, marker, rest], [free, list]],
    ['the first of two', [free, marker, rest, marker], [free]],
    ['nothing above', [marker, rest], null],
    ['split over children', [free, paragraph('<!--members', '-only-->'), rest], [free]],
    ['with blanks around', [free, paragraph(' <!--members-only--> '), rest], [free]],
    ['beside other text it is text', [free, paragraph('see <!--members-only-->'), rest], null],
    ['only a paragraph marks', [free, heading, rest], null],
    ['not a list of blocks', 'free<!--members-only-->', null],
    ['broken blocks', [null, 5, marker], [null, 5]],
  ])('%s', (_name, blocks, expected) => {
    expect(freePart('blocks', blocks)).toEqual(expected);
  });

  test('without the marker for who may read', () => {
    expect(withoutMarker('blocks', [free, marker, rest])).toEqual([free, rest]);
    expect(withoutMarker('blocks', null)).toBeNull();
  });
});
