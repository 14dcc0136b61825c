import type { Core } from '@strapi/strapi';
import type { RequestContext } from '../../strapi-types';
import { stateOf } from '../reader';
import { UPLOADS } from './names';
import { readSigned, type Signer } from './signature';

/**
 * The admin's pass to files. The Media Library and the Content Manager show files by their plain
 * addresses, and an editor's click may copy such an address into a text, where a signed one would
 * die within two hours. So no address in the admin changes: who is signed in there holds a cookie.
 */
export interface AdminPass {
  /** Gives the pass with every answer to somebody signed in to the admin; takes it at sign-out. */
  renew(ctx: RequestContext, at: number): void;
  isHeldBy(ctx: RequestContext, at: number): boolean;
}

const COOKIE = 'memberships_files';
const SUBJECT = 'admin';

/** Below the path the browser knows the site by: a proxy may have taken a prefix off. */
const cookiePath = (strapi: Core.Strapi): string => {
  const base = strapi.config.get<string>('server.absoluteUrl', '');
  const prefix = URL.canParse(base) ? new URL(base).pathname.replace(/\/+$/, '') : '';
  return `${prefix}/${UPLOADS}`;
};

export const createAdminPass = (strapi: Core.Strapi, signer: Signer): AdminPass => {
  const path = cookiePath(strapi);
  return {
    renew(ctx, at) {
      const { auth, route } = stateOf(ctx);
      if (route?.info?.type !== 'admin' || auth?.strategy.name !== 'admin') return;
      const leaves = route.path === '/logout';
      const { expires, signature } = signer.sign(SUBJECT, at);
      ctx.cookies.set(COOKIE, leaves ? null : `${expires}.${signature}`, {
        path,
        httpOnly: true,
        sameSite: 'strict',
        secure: ctx.secure,
        signed: false,
        overwrite: true,
        maxAge: leaves ? 0 : expires * 1000 - at,
      });
    },
    isHeldBy(ctx, at) {
      const [expires, signature] = ctx.cookies.get(COOKIE, { signed: false })?.split('.') ?? [];
      const signed = readSigned(expires, signature);
      return signed !== null && signer.holds(SUBJECT, signed, at);
    },
  };
};
