import {
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';

/** What a delivery said, as it was taken by a site. */
export type Heard = (body: string) => void;

/** One address for several instances, each in turn; those that are down are passed over. */
export interface Proxy {
  url: string;
  /** Requests answered with an error because nobody was there, or died over it. */
  refused(): number;
  close(): Promise<void>;
}

const readBody = async (request: IncomingMessage): Promise<Buffer> => {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts);
};

/** Passes a request on; resolves with the status, or null when nobody answered. */
const pass = (
  port: number,
  from: IncomingMessage,
  body: Buffer,
  to: ServerResponse
): Promise<number | null> =>
  new Promise((resolve) => {
    const { method, headers, url: path } = from;
    const onward = httpRequest({ host: '127.0.0.1', port, method, headers, path, agent: false });
    onward.on('response', (answer) => {
      to.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(to);
      answer.on('error', () => to.destroy());
      answer.on('end', () => resolve(answer.statusCode ?? 502));
      answer.on('close', () => resolve(null));
    });
    onward.on('error', () => resolve(null));
    onward.end(body);
  });

/**
 * @param ports of the instances that listen now
 * @param heard is told every body that a site answered with a 2xx
 */
export const openProxy = async (ports: () => number[], heard: Heard): Promise<Proxy> => {
  let turn = 0;
  let refused = 0;
  const server = createServer((from, to) => {
    void (async () => {
      const body = await readBody(from);
      const all = ports();
      turn += 1;
      const port = all[turn % Math.max(1, all.length)];
      const status = port === undefined ? null : await pass(port, from, body, to);
      if (status === null) {
        refused += 1;
        if (to.headersSent) to.destroy();
        else to.writeHead(502).end();
      } else if (status < 300 && from.url?.endsWith('/webhook')) {
        heard(body.toString());
      }
    })().catch(() => to.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    refused: () => refused,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
