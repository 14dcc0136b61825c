import type { GatedTypeReport } from '../../../contracts';

/** How many entries have a rule of their own. */
export const ownRulesOf = ({ rules }: GatedTypeReport): number =>
  rules.public + rules.members + rules.paid + rules.tiers;

/** How many entries a rule of their own locks. */
export const ownOf = ({ rules }: GatedTypeReport): number =>
  rules.members + rules.paid + rules.tiers;

/** How many entries ask for anything at all, by their own rule or by the type's default. */
export const lockedOf = (type: GatedTypeReport): number =>
  ownOf(type) +
  (type.defaultVisibility === 'public' ? 0 : Math.max(0, type.entries - ownRulesOf(type)));
