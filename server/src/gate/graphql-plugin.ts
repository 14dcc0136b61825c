import type { Core } from '@strapi/strapi';

/**
 * The parts of `@strapi/plugin-graphql` and of `graphql` that the gate uses. The plugin is optional
 * and ships no types; `graphql` must be the copy the plugin has, so neither is imported.
 */

export interface GraphqlType {
  /** What a list or a non-null type wraps. */
  ofType?: GraphqlType;
  toString(): string;
}

export type Resolve = (parent: unknown, args: unknown, context: unknown, info: unknown) => unknown;

export interface GraphqlField {
  name: string;
  type: GraphqlType;
  resolve?: Resolve;
}

interface GraphqlObject {
  getFields?(): Record<string, GraphqlField>;
}

export interface GraphqlSchema {
  getType(name: string): GraphqlObject | undefined;
}

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
  naming: { getTypeName(contentType: unknown): string };
}

export interface Graphql {
  extension: Extension;
  contentApi: ContentApi;
  /** The name of a content type's object type. */
  typeName: (uid: string) => string;
}

/** The site's GraphQL plugin; null when there is none. */
export const graphqlOf = (strapi: Core.Strapi): Graphql | null => {
  const plugin = strapi.plugin('graphql');
  if (!plugin) return null;
  return {
    extension: plugin.service<Extension>('extension'),
    contentApi: plugin.service<ContentApi>('content-api'),
    typeName: (uid) =>
      plugin.service<Utils>('utils').naming.getTypeName(Reflect.get(strapi.contentTypes, uid)),
  };
};
