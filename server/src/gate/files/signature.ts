import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

const HOUR_MS = 3_600_000;

/** The query of a signed address. */
export interface Signed {
  /** Seconds since 1970. */
  expires: number;
  signature: string;
}

/** Vouches for something until a time, with keys that every instance of a site has. */
export interface Signer {
  sign(what: string, at: number): Signed;
  /** Whether we signed exactly this, with any of the site's keys, and it has not expired. */
  holds(what: string, signed: Signed, at: number): boolean;
}

/**
 * When something signed at `at` (milliseconds) expires, in seconds: at the end of the next full
 * hour, so that it is good for one to two hours, and everything signed within an hour is equal.
 */
export const expiryAt = (at: number): number => (Math.floor(at / HOUR_MS) + 2) * (HOUR_MS / 1000);

const deriveKey = (secret: string): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, 'strapi-plugin-memberships', 'files', 32));

/**
 * @param secrets the site's own, newest first: the first signs, all are accepted, as Koa has it with
 *   `app.keys`. Neither they nor what is derived of them is stored.
 */
export const createSigner = (secrets: readonly string[]): Signer => {
  const keys = secrets.map(deriveKey);
  const [newest] = keys;
  if (!newest) throw new Error('memberships: no key to sign files with: set app.keys');

  const digest = (key: Buffer, what: string, expires: number): string =>
    createHmac('sha256', key).update(`${what}\n${expires}`).digest('base64url');

  return {
    sign(what, at) {
      const expires = expiryAt(at);
      return { expires, signature: digest(newest, what, expires) };
    },
    holds(what, { expires, signature }, at) {
      if (!(expires * 1000 > at)) return false;
      // As text: Node decodes base64url past characters that are none, and two addresses would do.
      const given = Buffer.from(signature);
      return keys.some((key) => {
        const own = Buffer.from(digest(key, what, expires));
        return own.length === given.length && timingSafeEqual(own, given);
      });
    },
  };
};

/** What a query or a cookie says of a signature; null: none that could be one. */
export const readSigned = (expires: unknown, signature: unknown): Signed | null =>
  typeof expires === 'string' && /^\d{1,12}$/.test(expires) && typeof signature === 'string'
    ? { expires: Number(expires), signature }
    : null;
