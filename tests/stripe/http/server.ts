import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Simulator } from '../simulator';
import { createPages } from '../pages';
import { createApi } from './api';
import { createControl } from './control';

/** What answers a path: the API, the control door, the hosted pages. */
export function createHandler(simulator: Simulator, keys: Set<string>) {
  const api = createApi({ ...simulator, keys });
  const control = createControl(simulator);
  const pages = createPages(simulator);

  return (request: IncomingMessage, response: ServerResponse): void => {
    const url = new URL(request.url ?? '/', 'http://simulator');
    const answer = url.pathname.startsWith('/v1/')
      ? api(request, response, url)
      : url.pathname.startsWith('/_sim/')
        ? control(request, response, url)
        : pages(request, response, url);
    answer.catch((error: unknown) => {
      response.statusCode = 500;
      response.end(error instanceof Error ? error.message : String(error));
    });
  };
}
