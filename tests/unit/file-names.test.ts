import path from 'node:path';
import fc from 'fast-check';
import { hashesOf, uploadNames } from '../../server/src/gate/files/names';

const word = fc.stringMatching(/^[a-z0-9_]{1,12}$/);
const fileName = fc
  .tuple(word, fc.constantFrom('.png', '.pdf', '.jpeg', ''))
  .map(([hash, ext]) => `${hash}${ext}`);

/** One character, as a client may write it. */
const written = (character: string) =>
  fc.constantFrom(
    character,
    `%${character.charCodeAt(0).toString(16).padStart(2, '0')}`,
    `%${character.charCodeAt(0).toString(16).padStart(2, '0').toUpperCase()}`
  );

const anySpelling = (text: string) =>
  fc.tuple(...[...text].map(written)).map((characters) => characters.join(''));

/** What leads nowhere else. */
const detour = fc.constantFrom('/', '//', '/./', '/x/../', '/x/y/../../', '\\', '\\.\\');

const spelled = (name: string) =>
  fc
    .tuple(detour, fc.constantFrom('uploads', 'Uploads', 'UPLOADS'), detour)
    .chain(([before, folder, between]) =>
      fc
        .tuple(anySpelling(before), anySpelling(folder), anySpelling(between), anySpelling(name))
        .map((parts) => parts.join(''))
    );

describe('the file a path leads to', () => {
  test('is known in every spelling', () => {
    const spelling = fileName.chain((name) => fc.tuple(fc.constant(name), spelled(name)));
    fc.assert(
      fc.property(spelling, ([name, text]) => {
        expect(uploadNames(text)).toEqual([name]);
      }),
      { numRuns: 2000 }
    );
  });

  test('is the one that a static server, which decodes and joins, would open', () => {
    const piece = fc.constantFrom(
      'uploads',
      '..',
      '.',
      'a.png',
      'x',
      '%2f',
      '%2e',
      '/',
      '\\',
      '%5c'
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const asked = `/${pieces.join('')}`;
        const opened = path.posix.join('/', decodeURIComponent(asked));
        const [folder, ...below] = opened.split('/').filter(Boolean);
        if (folder !== 'uploads' || !below.length || opened.includes('\\')) return;
        const name = below.at(-1) ?? '';
        if (/^\.+$/.test(name)) return;
        expect(uploadNames(asked)).toContain(name.replace(/\.+$/, ''));
      }),
      { numRuns: 5000 }
    );
  });

  test('is another where a backslash parts no folders, and then both', () => {
    expect(uploadNames('/uploads/a.png/\\../..')).toEqual(['a.png']);
    expect(uploadNames('/uploads/a.png/x/b.png/%5c../..')).toEqual(['a.png', 'b.png']);
  });

  test('never throws, and is a name without a path', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        for (const name of uploadNames(`/uploads/${text}`)) {
          expect(name).not.toMatch(/[/\\\0]/);
          expect(name.length).toBeLessThanOrEqual(255);
          expect(hashesOf(name).length).toBeLessThan(800);
        }
      })
    );
  });

  test.each([
    '/api/articles',
    '/uploads',
    '/uploads/',
    '/uploads/..',
    '/uploads/../secret.txt',
    '/upload/files',
    '/admin/uploads/a.png',
    '/uploads.png',
    '/x/uploads/a.png',
    '',
    '/',
    `/uploads/${'a'.repeat(256)}`,
  ])('is none below /uploads: %s', (text) => {
    expect(uploadNames(text)).toEqual([]);
  });

  test('is read as it stands where it cannot be decoded', () => {
    expect(uploadNames('/uploads/%E0%A4%A.png')).toEqual(['%E0%A4%A.png']);
  });
});

describe('the hashes of a name', () => {
  test('are the file’s own, and its format’s, however the site calls that', () => {
    fc.assert(
      fc.property(
        word,
        word,
        fc.constantFrom('.png', '.png.br', '.gz', ''),
        (hash, format, ext) => {
          fc.pre(!hash.startsWith('_'));
          expect(hashesOf(`${hash}${ext}`)).toContain(hash);
          expect(hashesOf(`${format}_${hash}${ext}`)).toContain(hash);
        }
      )
    );
  });

  test('are few, and never empty', () => {
    expect(hashesOf('thumbnail_a_1.png')).toEqual([
      'thumbnail_a_1.png',
      'a_1.png',
      '1.png',
      'thumbnail_a_1',
      'a_1',
      '1',
    ]);
    expect(hashesOf('_')).toEqual(['_']);
  });
});
