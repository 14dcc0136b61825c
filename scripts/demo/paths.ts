import path from 'node:path';

export const ROOT = path.resolve(__dirname, '../..');
export const SITE = path.join(ROOT, 'tests/site');
export const DIST = path.join(ROOT, 'dist');

/** What the demo writes while it runs; nothing of it is in git. */
export const TEMPORARY = path.join(SITE, '.tmp');
