import type { Core } from '@strapi/strapi';
import type { ContentKind } from '../../../contracts';
import type { LockedDocument, LockedType } from '../store/gate-report';
import type { Model } from '../strapi-types';
import type { Gate } from './gate';
import { defaultRule } from './verdicts';

/** A content type rather than a component, with what Strapi's own type of a schema leaves out. */
export interface ContentTypeModel extends Model {
  kind: ContentKind;
  info: Model['info'] & { singularName: string; pluralName: string };
}

const isContentType = (model: unknown): model is ContentTypeModel =>
  typeof model === 'object' && model !== null && 'kind' in model && 'info' in model;

/** Every content type of the site and its plugins. */
export const contentTypesOf = (strapi: Core.Strapi): ContentTypeModel[] => {
  const models: unknown[] = Object.values(strapi.contentTypes);
  return models.filter(isContentType);
};

export const toLockedType = (
  strapi: Core.Strapi,
  gate: Gate,
  { uid, options }: ContentTypeModel
): LockedType => {
  const type = gate.types.get(uid);
  return {
    uid,
    lockedByDefault: type !== undefined && defaultRule(strapi, type).visibility !== 'public',
    draftAndPublish: options?.draftAndPublish === true,
  };
};

/**
 * Where Strapi serves a type's list, or its single entry (`@strapi/core` core-api/routes); null for
 * types of plugins, whose routes are their own.
 */
export const listPath = (
  strapi: Core.Strapi,
  { uid, kind, info }: ContentTypeModel
): string | null =>
  uid.startsWith('api::')
    ? `${strapi.config.get<string>('api.rest.prefix', '/api')}/${
        kind === 'singleType' ? info.singularName : info.pluralName
      }`
    : null;

/** The address of one entry with everything in it that a visitor may ask for. */
export const entryPath = (
  strapi: Core.Strapi,
  model: ContentTypeModel,
  { documentId, locale }: LockedDocument
): string | null => {
  const list = listPath(strapi, model);
  if (list === null) return null;
  const path = model.kind === 'singleType' ? list : `${list}/${documentId}`;
  return `${path}?populate=*${locale === null ? '' : `&locale=${locale}`}`;
};
