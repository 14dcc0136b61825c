import type { Entry } from '../../strapi-types';
import { UPLOADS, uploadNames } from './names';
import { readSigned, type Signed, type Signer } from './signature';

/** Signs and checks the addresses of files. */
export interface Addresses {
  /** `/uploads/a.pdf` → `/uploads/a.pdf?expires=…&signature=…`; other addresses as they are. */
  sign(url: string, at: number): string;
  /** A file as the Media Library knows it, with its own address and its formats' signed. */
  signFile(file: Entry, at: number): Entry;
  /** The signature in a request's query, if it is one of ours for this file name. */
  check(name: string, query: URLSearchParams, at: number): Signed | null;
}

const isEntry = (value: unknown): value is Entry =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const subject = (name: string): string => `file\n${name}`;

/**
 * @param base the site's own address (`server.absoluteUrl`): files on another host are not ours to
 *   sign, an S3 bucket's for example
 */
export const createAddresses = (signer: Signer, base: string): Addresses => {
  const prefix = base.replace(/\/+$/, '');

  const nameOf = (url: string): string | null => {
    const local = prefix !== '' && url.startsWith(`${prefix}/`) ? url.slice(prefix.length) : url;
    const [path = ''] = local.split(/[?#]/);
    return path.startsWith(`/${UPLOADS}/`) ? (uploadNames(path)[0] ?? null) : null;
  };

  const sign = (url: string, at: number): string => {
    const name = nameOf(url);
    if (name === null || /[?&]signature=/.test(url)) return url;
    const { expires, signature } = signer.sign(subject(name), at);
    return `${url}${url.includes('?') ? '&' : '?'}expires=${expires}&signature=${signature}`;
  };

  const signUrl = (of: Entry, at: number): Entry =>
    typeof of.url === 'string' ? { ...of, url: sign(of.url, at) } : of;

  const signFormats = (formats: Entry, at: number): Entry =>
    Object.fromEntries(
      Object.entries(formats).map(([key, format]) => [
        key,
        isEntry(format) ? signUrl(format, at) : format,
      ])
    );

  return {
    sign,
    signFile(file, at) {
      const out = signUrl(file, at);
      return isEntry(out.formats) ? { ...out, formats: signFormats(out.formats, at) } : out;
    },
    check(name, query, at) {
      const given = [query.getAll('expires'), query.getAll('signature')];
      if (given.some((values) => values.length !== 1)) return null;
      const signed = readSigned(given[0]?.[0], given[1]?.[0]);
      return signed && signer.holds(subject(name), signed, at) ? signed : null;
    },
  };
};
