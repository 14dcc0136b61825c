import { freePart, withoutMarker, type PaywallType } from '../domain/paywall';
import type { Entry, Model, RequestContext } from '../strapi-types';
import { isPersonal, type Handed } from './files';
import type { Gate } from './gate';
import { SYSTEM, type GatedType } from './gated-types';
import type { GraphqlField, GraphqlType } from './graphql-plugin';
import { toMembershipAccess } from './verdicts';

const isNonNull = (type: GraphqlType): boolean => type.toString().endsWith('!');
const isList = (type: GraphqlType): boolean => type.toString().startsWith('[');

/** The attribute a field shows: `articles_connection` is another form of `articles`. */
const attributeOf = (name: string, model: Model): string => {
  const base = name.replace(/_connection$/, '');
  return !model.attributes[name] && model.attributes[base] ? base : name;
};

/** `data` and `attributes` of `v4CompatibilityMode`: the same entry once more, gated below. */
const isItself = (field: GraphqlField, model: Model, ownName: string): boolean =>
  ['data', 'attributes'].includes(field.name) &&
  !model.attributes[field.name] &&
  field.type.toString() === `${ownName}!`;

const isEntry = (value: unknown): value is Entry => typeof value === 'object' && value !== null;

const hasPreview = (entry: Entry, type: GatedType): boolean =>
  [...type.paywalls].some(([key, kind]) => freePart(kind, entry[key]) !== null);

/** What is free of a value: all that a locked entry's field answers. */
const freeOf = (value: unknown, kind: PaywallType | undefined, empty: unknown): unknown =>
  (kind && freePart(kind, value)) ?? empty;

/**
 * Titles and teasers of a draft are for staff, too. The parent was loaded whole: what it says of its
 * publication costs nothing to ask, and of a published entry nothing else is asked.
 */
const hideInDrafts = (field: GraphqlField, type: GatedType, gate: Gate): void => {
  const resolve =
    field.resolve ?? ((parent: unknown) => (isEntry(parent) ? parent[field.name] : undefined));
  field.resolve = async (parent, args, context, info) => {
    const ctx = gate.current();
    if (ctx && isEntry(parent) && parent.publishedAt === null) {
      gate.touch(ctx);
      if ((await gate.verdict(ctx, parent, type)).draft) return isList(field.type) ? [] : null;
    }
    return resolve(parent, args, context, info);
  };
};

/**
 * Gates one field of a gated type's object type. Open fields are left as they are, but for drafts. A
 * protected one
 * answers `null` (a list `[]`) unless its reader may read the entry; one that was `required` becomes
 * nullable, or a locked entry would take its whole answer down.
 */
export const gateField = (
  field: GraphqlField,
  type: GatedType,
  model: Model,
  gate: Gate,
  ownName: string
): void => {
  const key = attributeOf(field.name, model);
  const isAccess = field.name === 'membershipAccess' && !model.attributes[field.name];
  if (!isAccess && isItself(field, model, ownName)) return;
  if (!isAccess && type.open.has(key)) {
    if (model.options?.draftAndPublish && !SYSTEM.has(key)) hideInDrafts(field, type, gate);
    return;
  }

  const list = isList(field.type);
  const empty = list ? [] : null;
  if (!list && isNonNull(field.type) && field.type.ofType) field.type = field.type.ofType;

  const kind = type.paywalls.get(key);
  const resolve =
    field.resolve ?? ((parent: unknown) => (isEntry(parent) ? parent[field.name] : undefined));

  const hand = (ctx: RequestContext, access: Handed, value: unknown): unknown =>
    isPersonal(access)
      ? gate.files.hand(value, model.attributes[key], gate.request(ctx).at)
      : value;

  field.resolve = async (parent, args, context, info) => {
    const ctx = gate.current();
    if (!ctx || !isEntry(parent)) return isAccess ? null : resolve(parent, args, context, info);
    gate.touch(ctx);

    // What went through the REST sanitizer on its way (polymorphic relations do) is cut already.
    const done = gate.issuedOn(parent);
    if (done) {
      if (isAccess) return done;
      if (done.granted) return hand(ctx, done, await resolve(parent, args, context, info));
      return kind ? (parent[key] ?? empty) : empty;
    }

    const verdict = await gate.verdict(ctx, parent, type);
    const { granted, reason } = verdict.decision;
    const mayBeFree = !granted && !verdict.draft;
    if (isAccess) return toMembershipAccess(verdict, mayBeFree && hasPreview(parent, type));
    if (!granted) return freeOf(parent[key], mayBeFree ? kind : undefined, empty);
    const value = await resolve(parent, args, context, info);
    if (!kind) return hand(ctx, verdict.decision, value);
    return reason !== 'staff' && reason !== 'token' ? withoutMarker(kind, value) : value;
  };
};
