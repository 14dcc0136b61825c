/**
 * A type's schema has its teasers as one list (`pluginOptions.memberships.teaser`), the
 * Content-Type Builder has one form per field. While schemas are edited each field carries a mark of
 * its own, which survives renaming and goes with a deleted field; what is saved is the list.
 */

/**
 * The mark. Not in the field's `pluginOptions`: the builder copies those to the other side of a
 * relation (its reducer, `editAttribute`), which would open a field of another type.
 */
export const TEASER_MARK = 'membershipsTeaser';

interface Field {
  name: string;
  type: string;
  /** `NEW`, `CHANGED`, `REMOVED` or `UNCHANGED` since the last save. */
  status?: string;
  [TEASER_MARK]?: boolean;
}

/** A content type as the builder holds it, as far as we look. */
export interface BuilderType {
  attributes: Field[];
  pluginOptions?: { memberships?: GateOptions };
}

interface GateOptions {
  gated?: boolean;
  teaser?: string[];
  /** null: the form was set back to the site's default. */
  default?: string | null;
}

const gateOptionsOf = ({ pluginOptions }: BuilderType): GateOptions =>
  pluginOptions?.memberships ?? {};

export const isGated = (type: BuilderType | undefined): boolean =>
  type !== undefined && gateOptionsOf(type).gated === true;

/** Schemas as they are loaded: each field in its type's list gets the mark. */
export const markTeasers = <Type extends BuilderType>(type: Type): Type => {
  const { teaser = [] } = gateOptionsOf(type);
  if (teaser.length === 0) return type;
  return {
    ...type,
    attributes: type.attributes.map((field) =>
      teaser.includes(field.name) ? { ...field, [TEASER_MARK]: true } : field
    ),
  };
};

const withoutMark = ({ [TEASER_MARK]: _mark, ...field }: Field): Field => field;

/**
 * The list to save: names that were in it and still are, in their order, then new ones. A name the
 * builder never showed, such as `createdBy`, is not its to drop.
 */
const teasersOf = (next: BuilderType, previous: BuilderType | undefined): string[] => {
  const before = gateOptionsOf(next).teaser ?? [];
  const marked = next.attributes
    .filter((field) => field[TEASER_MARK] === true && field.status !== 'REMOVED')
    .map(({ name }) => name);
  const shown = new Set(
    [...(previous?.attributes ?? []), ...next.attributes].map(({ name }) => name)
  );
  const kept = before.filter((name) => marked.includes(name) || !shown.has(name));
  return [...new Set([...kept, ...marked])];
};

/** What an unset option would leave behind: schema.json has only what somebody chose. */
const optionsOf = (
  { gated, default: byDefault, teaser: _, ...rest }: GateOptions,
  teaser: string[]
) => {
  const chosen = {
    ...rest,
    ...(teaser.length > 0 ? { teaser } : {}),
    ...(byDefault ? { default: byDefault } : {}),
  };
  if (gated) return { gated, ...chosen };
  // Switched off, the rest is kept for the day it is switched on again.
  return Object.keys(chosen).length > 0 ? { gated: false, ...chosen } : null;
};

/** A type as it is saved: the marks of its fields become the list. */
export const foldTeasers = <Type extends BuilderType>(
  next: Type,
  previous: BuilderType | undefined
): Type => {
  const { memberships: _, ...others } = next.pluginOptions ?? {};
  const memberships = optionsOf(gateOptionsOf(next), teasersOf(next, previous));
  return {
    ...next,
    attributes: next.attributes.map(withoutMark),
    ...(next.pluginOptions || memberships
      ? { pluginOptions: memberships ? { ...others, memberships } : others }
      : {}),
  };
};
