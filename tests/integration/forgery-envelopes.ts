import { createHmac } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { WEBHOOK_SECRET } from '../support/shop';
import {
  anEvent,
  nowInSeconds,
  print,
  request,
  sign,
  signatureOf,
  signed,
  type Case,
  type Request,
} from './forgery-support';

const withHeader = (make: (body: Buffer) => string | string[] | undefined) => (): Request => {
  const body = print(anEvent());
  return request(body, make(body));
};

export const SIGNATURES: Case[] = [
  ['none', 'signature-invalid', withHeader(() => undefined)],
  ['an empty one', 'signature-invalid', withHeader(() => '')],
  ['nonsense', 'signature-invalid', withHeader(() => 'nonsense')],
  ['commas', 'signature-invalid', withHeader(() => ',,,')],
  ['zeros', 'signature-invalid', withHeader(() => `t=${nowInSeconds()},v1=${'0'.repeat(64)}`)],
  ['nothing after v1', 'signature-invalid', withHeader(() => `t=${nowInSeconds()},v1=`)],
  [
    'another secret',
    'signature-invalid',
    withHeader((body) => sign(body, { secret: 'whsec_forged' })),
  ],
  ['an empty secret', 'signature-invalid', withHeader((body) => sign(body, { secret: '' }))],
  [
    'the secret without its prefix',
    'signature-invalid',
    withHeader((body) => sign(body, { secret: WEBHOOK_SECRET.replace('whsec_', '') })),
  ],
  ['its last digit missing', 'signature-invalid', withHeader((body) => sign(body).slice(0, -1))],
  ['a digit too many', 'signature-invalid', withHeader((body) => `${sign(body)}0`)],
  ['in capitals', 'signature-invalid', withHeader((body) => sign(body).toUpperCase())],
  [
    'of the old scheme only',
    'signature-invalid',
    withHeader((body) => sign(body).replace('v1=', 'v0=')),
  ],
  [
    'of a scheme nobody knows',
    'signature-invalid',
    withHeader((body) => sign(body).replace('v1=', 'v2=')),
  ],
  [
    'in base64',
    'signature-invalid',
    withHeader((body) => {
      const timestamp = nowInSeconds();
      const digest = Buffer.from(signatureOf(body, { timestamp }), 'hex').toString('base64');
      return `t=${timestamp},v1=${digest}`;
    }),
  ],
  [
    'of the body alone',
    'signature-invalid',
    withHeader((body) => {
      const digest = createHmac('sha256', WEBHOOK_SECRET).update(body).digest('hex');
      return `t=${nowInSeconds()},v1=${digest}`;
    }),
  ],
  ['of another event', 'signature-invalid', withHeader(() => sign(print(anEvent())))],
  ['as a list in JSON', 'signature-invalid', withHeader((body) => JSON.stringify([sign(body)]))],
  [
    'twice, the right one last',
    'signature-invalid',
    withHeader((body) => [`t=${nowInSeconds()},v1=${'0'.repeat(64)}`, sign(body)]),
  ],
  [
    'twice, a younger timestamp beside an old signature',
    'signature-invalid',
    withHeader((body) => [sign(body, { timestamp: nowInSeconds() - 3600 }), `t=${nowInSeconds()}`]),
  ],
];

const dated = (timestamp: () => string | number) =>
  withHeader((body) => sign(body, { timestamp: timestamp() }));

export const TIMESTAMPS: Case[] = [
  ['301 seconds old', 'signature-invalid', dated(() => nowInSeconds() - 301)],
  ['a day old', 'signature-invalid', dated(() => nowInSeconds() - 86_400)],
  ['of 1970', 'signature-invalid', dated(() => 0)],
  ['negative', 'signature-invalid', dated(() => -1)],
  ['ten minutes ahead', 'signature-invalid', dated(() => nowInSeconds() + 600)],
  ['in milliseconds', 'signature-invalid', dated(() => Date.now())],
  ['no number', 'signature-invalid', dated(() => 'NaN')],
  ['a number and more', 'signature-invalid', dated(() => `${nowInSeconds()}.5`)],
  ['hexadecimal', 'signature-invalid', dated(() => `0x${nowInSeconds().toString(16)}`)],
  ['with a space before it', 'signature-invalid', dated(() => ` ${nowInSeconds()}`)],
  ['empty', 'signature-invalid', dated(() => '')],
  ['missing', 'signature-invalid', withHeader((body) => sign(body).replace(/^t=\d+,/, ''))],
  [
    'changed after signing',
    'signature-invalid',
    withHeader((body) => sign(body).replace(/^t=\d+/, `t=${nowInSeconds() - 1}`)),
  ],
];

/** The signature is of the right bytes, and other bytes are sent. */
const altered =
  (change: (body: Buffer) => Buffer, more: Partial<Request> = {}) =>
  () => {
    const body = print(anEvent({ note: 'Zoë \uFFFD' }));
    return request(change(body), sign(body), more);
  };

const text = (change: (body: string) => string) =>
  altered((body) => Buffer.from(change(body.toString())));

const BOM = Buffer.from([0xef, 0xbb, 0xbf]);
const REPLACEMENT = Buffer.from('\uFFFD');

export const ENCODINGS: Case[] = [
  ['a space at the end', 'signature-invalid', text((body) => `${body} `)],
  ['a line at the end', 'signature-invalid', text((body) => `${body}\n`)],
  ['other ends of lines', 'signature-invalid', text((body) => body.replaceAll('\n', '\r\n'))],
  ['printed anew', 'signature-invalid', text((body) => JSON.stringify(JSON.parse(body)))],
  ['an escaped letter', 'signature-invalid', text((body) => body.replace('ë', '\\u00eb'))],
  [
    'a mark of byte order before it',
    'signature-invalid',
    altered((body) => Buffer.concat([BOM, body])),
  ],
  [
    'a byte that is no UTF-8 where U+FFFD was signed',
    'signature-invalid',
    altered((body) => {
      const at = body.indexOf(REPLACEMENT);
      return Buffer.concat([body.subarray(0, at), Buffer.from([0xff]), body.subarray(at + 3)]);
    }),
  ],
  ['gzip', 'signature-invalid', altered(gzipSync, { headers: { 'content-encoding': 'gzip' } })],
  ['UTF-16', 'signature-invalid', altered((body) => Buffer.from(body.toString(), 'utf16le'))],
  ['Latin-1', 'signature-invalid', altered((body) => Buffer.from(body.toString(), 'latin1'))],
  [
    'a form',
    'signature-invalid',
    altered((body) => Buffer.from(`payload=${encodeURIComponent(body.toString())}`), {
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    }),
  ],
  [
    'a form of several parts',
    'signature-invalid',
    altered(
      (body) =>
        Buffer.from(
          `--b\r\ncontent-disposition: form-data; name="payload"\r\n\r\n${body.toString()}\r\n--b--\r\n`
        ),
      { headers: { 'content-type': 'multipart/form-data; boundary=b' } }
    ),
  ],
  [
    'gzip, signed',
    'signature-invalid',
    () => signed(gzipSync(print(anEvent())), { headers: { 'content-encoding': 'gzip' } }),
  ],
  [
    'UTF-16, signed',
    'payload-invalid',
    () => signed(Buffer.from(print(anEvent()).toString(), 'utf16le')),
  ],
  [
    'two events in one',
    'payload-invalid',
    () => signed(Buffer.concat([print(anEvent()), print(anEvent())])),
  ],
  ['half an event', 'payload-invalid', () => signed(print(anEvent()).subarray(0, 80))],
];
