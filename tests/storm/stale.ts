import { createServer, request as httpRequest } from 'node:http';

/** Stripe's API that answers what a delivery said last: to a site, its payloads applied. */
export interface StaleStripe {
  url: string;
  /** A delivery was taken by the site. */
  heard(body: string): void;
  close(): Promise<void>;
}

const get = (value: unknown, ...path: string[]): unknown =>
  path.reduce<unknown>(
    (part, key) => (typeof part === 'object' && part !== null ? Reflect.get(part, key) : undefined),
    value
  );

const RETRIEVED = /^\/v1\/(?:subscriptions|invoices)\/(\w+)(?:\?|$)/;

/**
 * For a control run: between the site and the simulator, whatever was delivered last of a subscription
 * or an invoice is answered instead of what it is now.
 */
export const openStaleStripe = async (target: string): Promise<StaleStripe> => {
  const payloads = new Map<string, unknown>();
  const server = createServer((from, to) => {
    const { method, url = '/', headers } = from;
    const known = method === 'GET' ? payloads.get(RETRIEVED.exec(url)?.[1] ?? '') : undefined;
    if (known) {
      to.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(known));
      return;
    }
    const onward = httpRequest(new URL(url, target), { method, headers }, (answer) => {
      to.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(to);
    });
    onward.on('error', () => to.destroy());
    from.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    heard(body) {
      const object = get(JSON.parse(body), 'data', 'object');
      const id = get(object, 'id');
      if (typeof id === 'string') payloads.set(id, object);
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
