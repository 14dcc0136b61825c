import type { Visibility } from '../../../contracts';

/** The four choices of who can read something, in the order every page shows them. */
export const VISIBILITIES = ['public', 'members', 'paid', 'tiers'] as const satisfies Visibility[];

export const isVisibility = (value: unknown): value is Visibility =>
  VISIBILITIES.some((visibility) => visibility === value);
