import { createHash } from 'node:crypto';

/** A single-use token as it is stored: the token itself is only in the mail. */
export const hashToken = (token: string): string =>
  createHash('sha256').update(token).digest('hex');
