import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import type { BootOptions } from '../support/boot';
import { bootGateSite, type GateSite } from './gate-support';

/** A gate site with a folder for uploads of its own. */
export interface FilesSite extends GateSite {
  /** The folder that is served under `/uploads`. */
  folder: string;
  /** Sends a file to `POST /api/upload`, as whoever may upload. */
  upload(name: string, content: Buffer): Promise<Uploaded>;
  /** A request for bytes, with the path sent exactly as given. */
  fetch(address: string, init?: FetchInit): Promise<Bytes>;
}

export interface FetchInit {
  method?: string;
  headers?: Record<string, string>;
}

export interface Bytes {
  status: number;
  text: string;
  headers: Record<string, string | string[] | undefined>;
}

export interface Uploaded {
  id: number;
  documentId: string;
  hash: string;
  ext: string;
  url: string;
  formats: Record<string, { url: string; hash: string }> | null;
}

const chunk = (type: string, data: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(type), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc32(body), body.length + 4);
  return out;
};

/** A grey picture, large enough for Strapi to make formats of it. */
export const png = (width = 600, height = 400): Buffer => {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.writeUInt8(8, 8);
  const rows = Buffer.alloc((width + 1) * height, 0x80);
  for (let y = 0; y < height; y += 1) rows.writeUInt8(0, y * (width + 1));
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
};

export const bootFilesSite = async (options: BootOptions = {}): Promise<FilesSite> => {
  const publicDir = await mkdtemp(path.join(tmpdir(), 'memberships-public-'));
  const folder = path.join(publicDir, 'uploads');
  await mkdir(folder);
  const site = await bootGateSite({
    ...options,
    env: { ...options.env, PUBLIC_DIR: publicDir },
  });
  const { http, url } = site;

  return {
    ...site,
    folder,
    async upload(name, content) {
      const { status, body } = await http
        .post('/api/upload')
        .set({ authorization: `Bearer ${site.viewers.fullToken.token}` })
        .attach('files', content, name);
      if (status !== 201) throw new Error(`the upload was answered ${status}`);
      // Whoever may upload here is handed a signed address; what a visitor may know is the stored one.
      return site.strapi.db.query('plugin::upload.file').findOne({ where: { id: body[0].id } });
    },
    // supertest and fetch tidy a path before they send it; a raw request does not.
    fetch: (address, init) => rawRequest(url, address, init),
    async stop(keep) {
      await site.stop(keep);
      await rm(publicDir, { recursive: true, force: true });
    },
  };
};

const rawRequest = async (
  base: string,
  address: string,
  { method = 'GET', headers = {} }: FetchInit = {}
): Promise<Bytes> => {
  const { hostname, port } = new URL(base);
  const { request } = await import('node:http');
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, path: address, method, headers }, (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.on('end', () =>
        resolve({
          status: answer.statusCode ?? 0,
          text: Buffer.concat(parts).toString('latin1'),
          headers: answer.headers,
        })
      );
      answer.on('error', reject);
    });
    sent.on('error', reject);
    sent.end();
  });
};

/** Spellings of one address; `FACTS`: each but the first passed a guard that compared the path. */
export const spellings = (name: string): string[] => [
  `/uploads/${name}`,
  `/uploads/%${name.charCodeAt(0).toString(16)}${name.slice(1)}`,
  `//uploads/${name}`,
  `/./uploads/${name}`,
  `/x/../uploads/${name}`,
  `/uploads/x/../${name}`,
  `/uploads//${name}`,
  `/uploads/./${name}`,
  `/uploads%2f${name}`,
  `/uploads%2F${name}`,
  `/%75ploads/${name}`,
  `/foo/..%2fuploads/${name}`,
  `/foo/%2e%2e/uploads/${name}`,
  `/uploads/..%2fuploads%2f${name}`,
  `/uploads%5c${name}`,
  `/uploads\\${name}`,
  `/UPLOADS/${name}`,
  `/uploads/${name.toUpperCase()}`,
  `/uploads/${name}/`,
  `/uploads/${name}.`,
  `/uploads/${name}%20`,
  `/uploads/${name}::$DATA`,
  `/uploads/${name}%00.txt`,
  `/uploads/${name}?expires=9999999999`,
  `/uploads/${name}?signature=`,
  `http://site.example/uploads/${name}`,
];

/** The admin's pass among what an answer sets. */
export const cookieOf = (headers: Record<string, unknown>): string[] => {
  const set: unknown = headers['set-cookie'];
  return (Array.isArray(set) ? set.map(String) : []).filter((one) =>
    one.startsWith('memberships_files=')
  );
};
