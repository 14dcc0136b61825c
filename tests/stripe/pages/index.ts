import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Simulator } from '../simulator';

export function createPages(_simulator: Simulator) {
  return async (_request: IncomingMessage, response: ServerResponse, _url: URL): Promise<void> => {
    response.statusCode = 404;
    response.end('Not here');
  };
}
