import fc from 'fast-check';
import { createAddresses } from '../../server/src/gate/files/addresses';
import { createSigner, expiryAt, readSigned } from '../../server/src/gate/files/signature';

const HOUR = 3_600_000;
const NOW = Date.UTC(2026, 0, 15, 12, 20);

const signer = createSigner(['new key', 'old key']);
const addresses = createAddresses(signer, 'https://site.example/cms');

const queryOf = (url: string) => new URLSearchParams(url.split('?')[1]);

describe('a signature', () => {
  test('lasts one to two hours, and is the same all hour', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_000_000_000_000 }), (at) => {
        const left = expiryAt(at) * 1000 - at;
        expect(left).toBeGreaterThan(HOUR);
        expect(left).toBeLessThanOrEqual(2 * HOUR);
        expect(expiryAt(Math.floor(at / HOUR) * HOUR)).toBe(expiryAt(at));
      })
    );
  });

  test('holds for what was signed, until it expires, and for nothing else', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (what, other) => {
        const signed = signer.sign(what, NOW);
        expect(signer.holds(what, signed, NOW)).toBe(true);
        expect(signer.holds(what, signed, signed.expires * 1000 - 1)).toBe(true);
        expect(signer.holds(what, signed, signed.expires * 1000)).toBe(false);
        expect(signer.holds(what, signed, Number.NaN)).toBe(false);
        if (other !== what) expect(signer.holds(other, signed, NOW)).toBe(false);
        const later = { ...signed, expires: signed.expires + 1 };
        expect(signer.holds(what, later, NOW)).toBe(false);
      })
    );
  });

  test('cannot be found by changing any of it', () => {
    const signed = signer.sign('what', NOW);
    fc.assert(
      fc.property(fc.string(), (signature) => {
        fc.pre(signature !== signed.signature);
        expect(signer.holds('what', { ...signed, signature }, NOW)).toBe(false);
      }),
      // What Node's decoder passes over.
      { examples: [[`${signed.signature}=`], [` ${signed.signature}`], [`${signed.signature}!`]] }
    );
  });

  test('survives a rotation of the site’s keys, not their loss', () => {
    const before = createSigner(['old key']).sign('what', NOW);
    expect(signer.holds('what', before, NOW)).toBe(true);
    expect(createSigner(['new key']).holds('what', before, NOW)).toBe(false);
    expect(signer.sign('what', NOW)).toEqual(createSigner(['new key']).sign('what', NOW));
    expect(() => createSigner([])).toThrow('app.keys');
  });

  test.each([
    [undefined, 'x'],
    ['1', undefined],
    ['', 'x'],
    ['-1', 'x'],
    ['1e9', 'x'],
    ['1.5', 'x'],
    ['0x10', 'x'],
    ['9999999999999', 'x'],
    [['1'], 'x'],
    ['1', ['x']],
  ])('is not read off %j and %j', (expires, signature) => {
    expect(readSigned(expires, signature)).toBeNull();
  });
});

describe('an address', () => {
  test.each([
    ['/uploads/a_1.png', 'a_1.png'],
    ['/uploads/a_1.png?v=2', 'a_1.png'],
    ['https://site.example/cms/uploads/a_1.png', 'a_1.png'],
  ])('of ours is signed: %s', (url, name) => {
    const signed = addresses.sign(url, NOW);
    expect(signed.startsWith(url)).toBe(true);
    expect(addresses.check(name, queryOf(signed), NOW)).toMatchObject({ expires: expiryAt(NOW) });
    expect(addresses.check('b_1.png', queryOf(signed), NOW)).toBeNull();
    expect(addresses.sign(signed, NOW + HOUR)).toBe(signed);
  });

  test.each([
    'https://bucket.example/uploads/a.png',
    'https://site.example/uploads/a.png',
    'https://site.example/cmsuploads/a.png',
    '//site.example/uploads/a.png',
    '/files/a.png',
    '/uploads/',
    'uploads/a.png',
    'data:image/png;base64,AAAA',
    '',
  ])('of somebody else’s is left alone: %s', (url) => {
    expect(addresses.sign(url, NOW)).toBe(url);
  });

  test('is signed in a file and in each of its formats, and the file itself is not changed', () => {
    const file = {
      id: 1,
      url: '/uploads/a.png',
      formats: { small: { url: '/uploads/small_a.png', width: 5 }, odd: 'x', none: null },
    };
    const before = JSON.stringify(file);
    const signed = addresses.signFile(file, NOW);
    expect(JSON.stringify(file)).toBe(before);
    expect(signed).toEqual({
      id: 1,
      url: expect.stringMatching(/^\/uploads\/a\.png\?expires=/),
      formats: {
        small: { url: expect.stringMatching(/^\/uploads\/small_a\.png\?expires=/), width: 5 },
        odd: 'x',
        none: null,
      },
    });
    expect(addresses.signFile({ id: 1, formats: null }, NOW)).toEqual({ id: 1, formats: null });
  });
});
