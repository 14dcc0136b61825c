import type { Core } from '@strapi/strapi';
import type { Attribute, Model } from '../../server/src/strapi-types';

export type { Attribute, Model };

export const FILE = 'plugin::upload.file';
export const USER = 'plugin::users-permissions.user';

const SYSTEM = [
  ...['id', 'documentId', 'locale', 'localizations'],
  ...['createdAt', 'updatedAt', 'publishedAt', 'firstPublishedAt'],
];
const NESTING = ['relation', 'media', 'component', 'dynamiczone'];

/** What a site's schemas say, read from the contract by itself: the code under test has no say. */
export interface Schema {
  /** Every content type and component. */
  all: readonly Model[];
  /** The site's own content types. */
  own: readonly Model[];
  get(uid: string | undefined): Model | undefined;
  isGated(model: Model): boolean;
  /** Whether an attribute of a type's entries is protected. */
  isProtected(model: Model, key: string): boolean;
}

interface Options {
  gated?: boolean;
  teaser?: string[];
}

const optionsOf = ({ pluginOptions }: Model): Options => pluginOptions?.memberships ?? {};

const isModel = (value: unknown): value is Model =>
  typeof value === 'object' && value !== null && 'attributes' in value;

export const isNesting = ({ type }: Attribute): boolean => NESTING.includes(type);
export const isLocalized = ({ pluginOptions }: Model): boolean => {
  const i18n: { localized?: boolean } = pluginOptions?.i18n ?? {};
  return i18n.localized === true;
};
export const hasDrafts = ({ options }: Model): boolean => options?.draftAndPublish === true;

/** What an attribute leads to: a relation's, component's or file's schema; one, several or none. */
export const targetsOf = (attribute: Attribute): readonly string[] => {
  switch (attribute.type) {
    case 'relation':
      return attribute.target ? [attribute.target] : [];
    case 'component':
      return attribute.component ? [attribute.component] : [];
    case 'dynamiczone':
      return attribute.components ?? [];
    case 'media':
      return [FILE];
    default:
      return [];
  }
};

export const readSchema = (strapi: Core.Strapi): Schema => {
  const sources: object[] = [strapi.contentTypes, strapi.components];
  const models = sources.flatMap((some): unknown[] => Object.values(some)).filter(isModel);
  const byUid = new Map(models.map((model) => [model.uid, model]));
  const open = new Map<string, Set<string>>();
  for (const model of models) {
    const { gated, teaser = [] } = optionsOf(model);
    if (!gated) continue;
    const entries = Object.entries(model.attributes);
    const title = ['title', 'name'].find((key) => model.attributes[key]?.type === 'string');
    const uids = entries.filter(([, { type }]) => type === 'uid').map(([key]) => key);
    open.set(model.uid, new Set([...SYSTEM, ...teaser, ...uids, ...(title ? [title] : [])]));
  }
  return {
    all: models,
    own: models.filter(({ uid }) => uid.startsWith('api::')),
    get: (uid) => (uid === undefined ? undefined : byUid.get(uid)),
    isGated: ({ uid }) => open.has(uid),
    isProtected: ({ uid }, key) => open.get(uid)?.has(key) === false,
  };
};

/** Attributes that editors fill in. */
export const writable = (model: Model): [string, Attribute][] =>
  Object.entries(model.attributes).filter(
    ([key, { type }]) =>
      !SYSTEM.includes(key) && !['createdBy', 'updatedBy'].includes(key) && type !== 'password'
  );
