import { request, type RequestOptions } from 'node:http';
import type { Core } from '@strapi/strapi';
import type { Door } from '../../../../contracts';

/** What the site answered to a visitor. */
export interface SiteAnswer {
  status: number;
  /** At most 4 MB of it. */
  text: string;
}

/** One request of the check, and where its answer has the entries. */
export interface Question {
  door: Door;
  path: string;
  body?: { query: string };
  dataOf(json: unknown): unknown;
}

/** Asks this very server as a visitor: no cookie, no token. */
export type Ask = (path: string, body?: object) => Promise<SiteAnswer>;

const MOST_BYTES = 4 * 1024 * 1024;

/** Where the process itself listens: a port of this machine, or a socket. */
const placeOf = (strapi: Core.Strapi): RequestOptions => {
  const address = strapi.server.httpServer.address();
  if (address === null) throw new Error('the server does not listen');
  if (typeof address === 'string') return { socketPath: address };
  const { port, family } = address;
  // An address that means “all of them” is none to connect to.
  const any = ['0.0.0.0', '::'].includes(address.address);
  const host = any ? (family === 'IPv6' ? '::1' : '127.0.0.1') : address.address;
  return { host, port };
};

/**
 * Real HTTP rather than a call inside: what wraps a controller, or replaces it, must be in the way.
 *
 * @param milliseconds a request may take
 */
export const createAsk = (strapi: Core.Strapi, milliseconds: number): Ask => {
  const place = placeOf(strapi);
  return (path, body) =>
    new Promise((resolve, reject) => {
      const sent = body === undefined ? undefined : JSON.stringify(body);
      const asked = request(
        {
          ...place,
          path,
          method: sent === undefined ? 'GET' : 'POST',
          headers: {
            accept: 'application/json',
            ...(sent === undefined ? {} : { 'content-type': 'application/json' }),
          },
          agent: false,
          signal: AbortSignal.timeout(milliseconds),
        },
        (response) => {
          const chunks: Buffer[] = [];
          let bytes = 0;
          const finish = () =>
            resolve({
              status: response.statusCode ?? 0,
              text: Buffer.concat(chunks).toString('utf8'),
            });
          response.on('data', (chunk: Buffer) => {
            chunks.push(chunk);
            bytes += chunk.length;
            if (bytes <= MOST_BYTES) return;
            finish();
            response.destroy();
          });
          response.once('end', finish);
          response.once('error', reject);
        }
      );
      asked.once('error', (error) =>
        reject(
          error.name === 'AbortError' || error.name === 'TimeoutError'
            ? new Error(`no answer within ${milliseconds / 1000} seconds`)
            : error
        )
      );
      asked.end(sent);
    });
};
