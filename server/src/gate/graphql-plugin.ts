import type { Core } from '@strapi/strapi';

/**
 * The parts of `@strapi/plugin-graphql` and of `graphql` that the gate uses. The plugin is optional
 * and ships no types; `graphql` must be the copy the plugin has, so neither is imported.
 */

export interface GraphqlType {
  /** What a list or a non-null type wraps. */
  ofType?: GraphqlType;
  /** Of objects and interfaces. */
  getFields?(): unknown;
  /** Of unions. */
  getTypes?(): unknown;
  toString(): string;
}

export type Resolve = (parent: unknown, args: unknown, context: unknown, info: unknown) => unknown;

export interface GraphqlField {
  name: string;
  type: GraphqlType;
  args?: readonly { name: string }[];
  resolve?: Resolve;
}

interface GraphqlObject {
  getFields?(): Record<string, GraphqlField>;
}

export interface GraphqlSchema {
  getType(name: string): GraphqlObject | undefined;
  getTypeMap(): Record<string, GraphqlObject>;
}

/** The type inside lists and non-nulls. */
export const innermost = (type: GraphqlType): GraphqlType =>
  type.ofType ? innermost(type.ofType) : type;

interface Registry {
  has(name: string): boolean;
}

interface Extension {
  shadowCRUD(uid: string): { disable(): unknown };
  use(configuration: (tools: { typeRegistry: Registry }) => { typeDefs?: string }): unknown;
}

interface ContentApi {
  buildSchema(): GraphqlSchema;
}

interface Utils {
  naming: {
    getTypeName(contentType: unknown): string;
    getFindQueryName(contentType: unknown): string;
    getFindOneQueryName(contentType: unknown): string;
  };
}

export interface Graphql {
  extension: Extension;
  contentApi: ContentApi;
  /** The name of a content type's object type. */
  typeName: (uid: string) => string;
  /** The name of the query that finds a content type's entries, or its one. */
  queryName: (uid: string, wanted: 'many' | 'one') => string;
}

const schemas = new WeakMap<Core.Strapi, GraphqlSchema>();

/** Keeps the schema a site was booted with: the plugin itself hands it to Apollo and forgets it. */
export const keepSchema = (strapi: Core.Strapi, schema: GraphqlSchema): void => {
  schemas.set(strapi, schema);
};

/** The site's GraphQL schema; null until it is built, and without the plugin. */
export const schemaOf = (strapi: Core.Strapi): GraphqlSchema | null => schemas.get(strapi) ?? null;

/** The site's GraphQL plugin; null when there is none. */
export const graphqlOf = (strapi: Core.Strapi): Graphql | null => {
  const plugin = strapi.plugin('graphql');
  if (!plugin) return null;
  const naming = () => plugin.service<Utils>('utils').naming;
  const modelOf = (uid: string): unknown => Reflect.get(strapi.contentTypes, uid);
  return {
    extension: plugin.service<Extension>('extension'),
    contentApi: plugin.service<ContentApi>('content-api'),
    typeName: (uid) => naming().getTypeName(modelOf(uid)),
    queryName: (uid, wanted) =>
      wanted === 'one'
        ? naming().getFindOneQueryName(modelOf(uid))
        : naming().getFindQueryName(modelOf(uid)),
  };
};
