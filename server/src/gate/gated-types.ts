import * as yup from 'yup';
import type { Visibility } from '../../../contracts';
import { PLUGIN_ID } from '../constants';
import { isPaywallType, type PaywallType } from '../domain/paywall';
import type { Model } from '../strapi-types';

/** A content type that opted in by its schema's `pluginOptions.memberships`. */
export interface GatedType {
  uid: string;
  /** Keys everybody sees; every other key of an entry is protected, whatever put it there. */
  open: ReadonlySet<string>;
  /** Protected fields that may have a free part above a paywall marker. */
  paywalls: ReadonlyMap<string, PaywallType>;
  /** What an entry without a rule of its own asks for; null: the plugin's setting says. */
  defaultVisibility: Visibility | null;
}

/**
 * What an entry is known and addressed by, and what Strapi itself adds while it is read: all that a
 * draft shows to whoever is not staff.
 */
export const SYSTEM: ReadonlySet<string> = new Set([
  'id',
  'documentId',
  'locale',
  'localizations',
  'createdAt',
  'updatedAt',
  'publishedAt',
  'firstPublishedAt',
  '__type',
  '__component',
]);

const options = yup
  .object({
    gated: yup.boolean(),
    teaser: yup.array().of(yup.string().required()),
    default: yup.mixed<Visibility>().oneOf(['public', 'members', 'paid', 'tiers']),
  })
  .strict(true);

const optionsOf = (model: Model) => {
  try {
    return options.validateSync(model.pluginOptions?.[PLUGIN_ID] ?? {});
  } catch (error) {
    // A misspelt default must not quietly become an open one.
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`memberships: wrong pluginOptions.memberships in ${model.uid}: ${reason}`, {
      cause: error,
    });
  }
};

/** The string that names an entry: `title`, else `name`. */
export const titleOf = ({ attributes }: Model): string | undefined =>
  ['title', 'name'].find((key) => attributes[key]?.type === 'string');

const read = (model: Model): GatedType | null => {
  const { gated, teaser = [], default: defaultVisibility = null } = optionsOf(model);
  if (!gated) return null;

  const keys = Object.keys(model.attributes);
  const title = titleOf(model);
  const open = new Set([
    ...SYSTEM,
    ...teaser,
    ...(title === undefined ? [] : [title]),
    ...keys.filter((key) => model.attributes[key]?.type === 'uid'),
  ]);
  const paywalls = new Map<string, PaywallType>();
  for (const [key, { type, private: hidden }] of Object.entries(model.attributes)) {
    if (!open.has(key) && !hidden && isPaywallType(type)) paywalls.set(key, type);
  }
  return { uid: model.uid, open, paywalls, defaultVisibility };
};

export type GatedTypes = ReadonlyMap<string, GatedType>;

/**
 * Every gated type of the site, by uid. Schemas change only with a restart, so it is read once.
 *
 * @throws Error naming the type whose `pluginOptions.memberships` is wrong
 */
export const readGatedTypes = (models: Iterable<Model>): GatedTypes => {
  const types = new Map<string, GatedType>();
  for (const model of models) {
    const type = read(model);
    if (type) types.set(type.uid, type);
  }
  return types;
};

/** Names in `teaser` that are no attribute: nothing leaks, but somebody expected a teaser. */
export const unknownTeasers = (models: Iterable<Model>): string[] =>
  [...models].flatMap((model) => {
    const { gated, teaser = [] } = optionsOf(model);
    if (!gated) return [];
    return teaser.filter((key) => !model.attributes[key]).map((key) => `${model.uid}: ${key}`);
  });
