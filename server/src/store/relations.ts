import type { Core } from '@strapi/strapi';
import { UID } from '../constants';
import { findId } from '../strapi-services';

const OWN = new Set<string>(Object.values(UID));

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The one entry a to-one relation was given, in any of the forms that Strapi takes. */
const givenEntry = (value: unknown): unknown => {
  if (Array.isArray(value)) return givenEntry(value.at(-1));
  if (!isObject(value)) return value;
  if ('set' in value) return givenEntry(value.set);
  if ('connect' in value) return givenEntry(value.connect);
  return value.documentId ?? value.id;
};

/** Relations of a content type that are a column of its own table, with what they point to. */
const joinColumnRelations = (strapi: Core.Strapi, uid: string): [string, string][] =>
  Object.entries(strapi.db.metadata.get(uid).attributes).flatMap(
    ([name, attribute]): [string, string][] =>
      attribute.type === 'relation' &&
      'joinColumn' in attribute &&
      'target' in attribute &&
      typeof attribute.target === 'string'
        ? [[name, attribute.target]]
        : []
  );

/**
 * Lets a site's code write our types with the Document Service as it writes its own. Relations that
 * are columns carry real indexes (member by user, grants by member and end), but Strapi resolves
 * documentIds for join tables only (`@strapi/core` document-service/…/map-relation: "TODO: Handle
 * join columns"), so it is done here.
 */
export const resolveRelations = (strapi: Core.Strapi): void => {
  strapi.documents.use(async (context, next) => {
    const data: unknown = 'data' in context.params ? context.params.data : null;
    if (!OWN.has(context.uid) || !isObject(data)) return next();
    for (const [name, target] of joinColumnRelations(strapi, context.uid)) {
      const documentId = givenEntry(data[name]);
      if (typeof documentId !== 'string') continue;
      const id = await findId(strapi, target, { documentId });
      // An unknown one stays as it is, for Strapi to refuse.
      if (id !== null) data[name] = id;
    }
    return next();
  });
};
