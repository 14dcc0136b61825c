import type { Core } from '@strapi/strapi';
import { UID } from '../constants';
import type { Gate } from './gate';
import { refuseInheritedDrafts } from './graphql-drafts';
import { gateField } from './graphql-field';
import { countLoads } from './graphql-loads';
import { graphqlOf, keepSchema, type Graphql, type GraphqlSchema } from './graphql-plugin';

const ACCESS_TYPES = `
  """
  Whether the reader may see the whole entry, and why.
  """
  type MembershipAccess {
    granted: Boolean!
    reason: String!
    visibility: String!
    tiers: [MembershipAccessTier!]!
    opensAt: DateTime
    preview: Boolean!
  }

  type MembershipAccessTier {
    documentId: ID!
    name: String!
    slug: String!
  }
`;

/** Members, grants and payments are nobody's to query: our types stay out of the site's schema. */
const hideOwnTypes = ({ extension }: Graphql): void => {
  for (const uid of Object.values(UID)) extension.shadowCRUD(uid).disable();
};

/** Puts `membershipAccess` on every gated type the site has in its schema. */
const addAccessField = ({ extension, typeName }: Graphql, gate: () => Gate): void => {
  extension.use(({ typeRegistry }) => {
    const names = [...gate().types.keys()].map(typeName).filter((name) => typeRegistry.has(name));
    if (names.length === 0) return {};
    const fields = names.map(
      (name) => `extend type ${name} { membershipAccess: MembershipAccess }`
    );
    return { typeDefs: [ACCESS_TYPES, ...fields].join('\n') };
  });
};

const gateSchema = (schema: GraphqlSchema, { typeName }: Graphql, gate: Gate): void => {
  countLoads(schema, gate);
  for (const type of gate.types.values()) {
    const model = gate.getModel(type.uid);
    const name = typeName(type.uid);
    const fields = schema.getType(name)?.getFields?.();
    if (!model || !fields) continue;
    for (const field of Object.values(fields)) gateField(field, type, model, gate, name);
  }
  refuseInheritedDrafts(schema, new Set([...gate.types.keys()].map(typeName)), gate);
};

/**
 * The GraphQL way out. Nested relations are loaded by the query engine, past policies and document
 * middleware, and scalars are plain properties, so the gate sits on the fields of each gated type:
 * whatever led to an entry, root, relation, connection, morph or mutation, ends in them.
 *
 * The finished schema is changed, not a nexus plugin registered: a `required` protected attribute
 * must become nullable too, and fields a site added to the type by hand must be gated as well.
 */
export const gateGraphql = (strapi: Core.Strapi, gate: () => Gate): void => {
  const graphql = graphqlOf(strapi);
  if (!graphql) return;
  hideOwnTypes(graphql);
  addAccessField(graphql, gate);

  const { contentApi } = graphql;
  const buildSchema = contentApi.buildSchema.bind(contentApi);
  contentApi.buildSchema = () => {
    const schema = buildSchema();
    gateSchema(schema, graphql, gate());
    keepSchema(strapi, schema);
    return schema;
  };
};
