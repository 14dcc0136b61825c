import { createServer } from 'node:net';

const tryPort = (port: number): Promise<number | null> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(null));
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        resolve(typeof address === 'object' && address !== null ? address.port : null)
      );
    });
  });

/** The wished port when nobody listens there, else any free one. */
export const freePort = async (wished = 0): Promise<number> => {
  const port = (await tryPort(wished)) ?? (await tryPort(0));
  if (port === null) throw new Error('This machine has no free port on 127.0.0.1');
  return port;
};
