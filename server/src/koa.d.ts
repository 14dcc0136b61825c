import 'koa';

declare module 'koa' {
  interface Request {
    /** What `strapi::body` parsed; unknown until an edge has checked it. */
    body?: unknown;
  }
}
