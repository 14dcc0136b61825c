import type { Core } from '@strapi/strapi';
import { now } from '../../config';
import type { RequestContext } from '../../strapi-types';
import type { Files } from './files';
import { uploadNames } from './names';

/** As Strapi's own errors are; written here, because this runs before what would format them. */
const refuse = (ctx: RequestContext): void => {
  ctx.status = 403;
  ctx.set('Cache-Control', 'private, no-store');
  ctx.vary('Cookie');
  ctx.body = {
    data: null,
    error: { status: 403, name: 'ForbiddenError', message: 'Forbidden', details: {} },
  };
};

/** A shared cache would hand the file on without asking us. */
const keepPrivate = (ctx: RequestContext, seconds: number): void => {
  ctx.vary('Cookie');
  ctx.set('Cache-Control', seconds > 0 ? `private, max-age=${seconds}` : 'private, no-store');
};

const isServed = (ctx: RequestContext): boolean => ctx.status < 300 || ctx.status === 304;

const maySee = async (strapi: Core.Strapi, files: Files, name: string): Promise<boolean> => {
  try {
    return !(await files.isProtected(name));
  } catch (error) {
    strapi.log.error(
      `memberships: the gate could not decide about a file and keeps it closed: ${error instanceof Error ? error.message : String(error)}`
    );
    return false;
  }
};

/** Who may have a file: everybody, or whoever asks, for so many seconds, or not them. */
type Leave = 'everybody' | { seconds: number } | 'nobody';

const decide = async (
  strapi: Core.Strapi,
  files: Files,
  ctx: RequestContext,
  name: string
): Promise<Leave> => {
  const at = now(strapi);
  const signed = files.addresses.check(name, new URLSearchParams(ctx.querystring), at);
  if (signed) return { seconds: Math.floor(signed.expires - at / 1000) };
  if (await maySee(strapi, files, name)) return 'everybody';
  return files.pass.isHeldBy(ctx, at) ? { seconds: 0 } : 'nobody';
};

/** A path that leads to one file on one system and to another elsewhere asks for both. */
const strictest = (leaves: readonly Leave[]): Leave =>
  leaves.find((leave) => leave === 'nobody') ??
  leaves.find((leave) => leave !== 'everybody') ??
  'everybody';

/**
 * Guards what Strapi serves from `/uploads`, and what its static middleware serves from there under
 * other spellings. Registered before any other middleware, so that none of them, nor a cache among
 * them, can answer first. A signature is checked without the database.
 */
export const guardUploads = (strapi: Core.Strapi, files: () => Files): void => {
  strapi.server.use(async (ctx, next) => {
    const names = ctx.method === 'OPTIONS' || !files().active ? [] : uploadNames(ctx.path);
    const leave = strictest(
      await Promise.all(names.map((name) => decide(strapi, files(), ctx, name)))
    );
    if (leave === 'nobody') {
      refuse(ctx);
      return;
    }
    await next();
    if (leave !== 'everybody' && isServed(ctx)) keepPrivate(ctx, leave.seconds);
  });
};

/** Renews the admin's pass with whatever the admin is answered. */
export const passAdmins = (strapi: Core.Strapi, files: () => Files): void => {
  strapi.server.use(async (ctx, next) => {
    await next();
    if (files().active) files().pass.renew(ctx, now(strapi));
  });
};
