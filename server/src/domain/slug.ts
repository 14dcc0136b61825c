export const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** A slug from a name: `Gold, for Teams` → `gold-for-teams`; empty when nothing Latin is in it. */
export const slugify = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
