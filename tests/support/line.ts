import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';

/** The line between the site and Stripe: it can be cut, or answer in Stripe's stead. */
export interface Line {
  url: string;
  /** `METHOD /path` of every request, in order. */
  requests: string[];
  /** Every connection is dropped until it is mended. */
  cut(): void;
  /** Every request that matches is answered with this status and error until it is mended. */
  refuse(pattern: RegExp, status: number, error: Record<string, unknown>): void;
  /** Every request that matches waits until it is mended. @returns resolves when the first one does */
  hold(pattern: RegExp): Promise<void>;
  /** Answers say that at Stripe it is so much later (ms), until it is mended. */
  shift(by: number): void;
  mend(): void;
  close(): Promise<void>;
}

type Fault =
  | { kind: 'cut' }
  | { kind: 'hold'; pattern: RegExp; held: (() => void)[]; first: () => void }
  | { kind: 'shift'; by: number }
  | { kind: 'refuse'; pattern: RegExp; status: number; body: string };

const forward = (target: string, from: IncomingMessage, to: ServerResponse, later = 0): void => {
  const { method, headers, url } = from;
  const onward = request(new URL(url ?? '/', target), { method, headers }, (answer) => {
    const date = new Date(Date.now() + later).toUTCString();
    to.writeHead(answer.statusCode ?? 502, { ...answer.headers, date });
    answer.pipe(to);
  });
  onward.on('error', () => to.destroy());
  from.pipe(onward);
};

/** @param target base URL of the simulator */
export const openLine = async (target: string): Promise<Line> => {
  let fault: Fault | null = null;
  const requests: string[] = [];
  const server = createServer((from, to) => {
    const name = `${from.method} ${from.url}`;
    requests.push(name);
    if (fault?.kind === 'cut') {
      from.socket.destroy();
      return;
    }
    if (fault?.kind === 'refuse' && fault.pattern.test(name)) {
      to.writeHead(fault.status, { 'content-type': 'application/json' });
      to.end(fault.body);
      return;
    }
    if (fault?.kind === 'hold' && fault.pattern.test(name)) {
      fault.held.push(() => forward(target, from, to));
      fault.first();
      return;
    }
    forward(target, from, to, fault?.kind === 'shift' ? fault.by : 0);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the line has no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    requests,
    cut() {
      fault = { kind: 'cut' };
    },
    refuse(pattern, status, error) {
      fault = { kind: 'refuse', pattern, status, body: JSON.stringify({ error }) };
    },
    hold(pattern) {
      return new Promise((first) => {
        fault = { kind: 'hold', pattern, held: [], first };
      });
    },
    shift(by) {
      fault = { kind: 'shift', by };
    },
    mend() {
      const held = fault?.kind === 'hold' ? fault.held : [];
      fault = null;
      for (const go of held) go();
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
