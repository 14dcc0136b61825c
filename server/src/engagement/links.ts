import { randomBytes } from 'node:crypto';
import type { Core } from '@strapi/strapi';
import { getConfig, now } from '../config';
import { advancedSetting } from '../strapi-services';
import { hashToken } from '../domain/token';
import { table, toIso, type MemberRow } from '../store';

export const CLAIM_DAYS = 7;
const DAY = 24 * 60 * 60 * 1000;

const withQuery = (page: string, key: string, value: string): string => {
  const url = new URL(page);
  url.searchParams.set(key, value);
  return url.href;
};

const resetPage = async (strapi: Core.Strapi): Promise<string | null> => {
  const page = await advancedSetting(strapi, 'email_reset_password');
  return typeof page === 'string' && URL.canParse(page) ? page : null;
};

/** Where links lead when no page is set: the first allowed origin, else the site itself. */
const fallback = (strapi: Core.Strapi, path: string): string => {
  const origin = getConfig(strapi).checkout.allowedOrigins[0];
  return new URL(path, origin ?? strapi.config.get<string>('server.absoluteUrl')).href;
};

/**
 * A link that sets a password: users-permissions' own reset token, so its own route takes it
 * (`POST /api/auth/reset-password`).
 */
export const passwordLink = async (strapi: Core.Strapi, member: MemberRow): Promise<string> => {
  if (!member.user) throw new Error('memberships: the member has no user');
  const token = randomBytes(64).toString('hex');
  await table(strapi, 'user').update({
    where: { id: member.user.id },
    data: { resetPasswordToken: token },
  });
  const page =
    getConfig(strapi).pages.setPassword ??
    (await resetPage(strapi)) ??
    fallback(strapi, '/set-password');
  return withQuery(page, 'code', token);
};

/** A link that claims a guest's purchase once; a newer one replaces it. */
export const claimLink = async (strapi: Core.Strapi, member: MemberRow): Promise<string> => {
  const token = randomBytes(32).toString('base64url');
  await table(strapi, 'member').update({
    where: { id: member.id },
    data: {
      claimTokenHash: hashToken(token),
      claimExpiresAt: toIso(now(strapi) + CLAIM_DAYS * DAY),
    },
  });
  return withQuery(getConfig(strapi).pages.claim ?? fallback(strapi, '/claim'), 'token', token);
};
