import type { Core } from '@strapi/strapi';
import type { LockedDocument } from '../../store/gate-report';
import { property } from '../../strapi-services';
import type { Gate } from '../gate';
import { graphqlOf, innermost, schemaOf, type GraphqlField } from '../graphql-plugin';
import type { ContentTypeModel } from '../site';
import type { Question } from './ask';

/** Objects and unions want a selection; scalars and enumerations refuse one. */
const select = ({ name, type }: GraphqlField): string => {
  const inner = innermost(type);
  return inner.getFields || inner.getTypes ? `${name} { __typename }` : name;
};

/** `articles_connection` is another form of `articles`. */
const attributeOf = (field: string): string => field.replace(/_connection$/, '');

/** Every protected field that the site's schema has of a type; its required arguments are none. */
const selectionOf = (fields: GraphqlField[], open: ReadonlySet<string>): string =>
  fields
    .filter(({ name }) => !open.has(attributeOf(name)) && name !== 'membershipAccess')
    .map(select)
    .join(' ');

/** A question for the locked entries by the site's GraphQL; null when it has none of the type. */
export const graphqlQuestion = (
  strapi: Core.Strapi,
  gate: Gate,
  model: ContentTypeModel,
  documents: readonly LockedDocument[]
): Question | null => {
  const graphql = graphqlOf(strapi);
  const schema = schemaOf(strapi);
  const type = gate.types.get(model.uid);
  const fields = schema?.getType(graphql?.typeName(model.uid) ?? '')?.getFields?.();
  if (!graphql || !schema || !type || !fields) return null;

  const single = model.kind === 'singleType';
  const name = graphql.queryName(model.uid, single ? 'one' : 'many');
  const root = schema.getType('Query')?.getFields?.()[name];
  if (!root) return null;

  const takes = (argument: string) => root.args?.some((one) => one.name === argument) ?? false;
  const locale = documents[0]?.locale ?? null;
  const ids = documents.map(({ documentId }) => JSON.stringify(documentId)).join(', ');
  const args = [
    ...(takes('filters') ? [`filters: { documentId: { in: [${ids}] } }`] : []),
    ...(takes('locale') && locale !== null ? [`locale: ${JSON.stringify(locale)}`] : []),
  ];
  const call = args.length > 0 ? `${name}(${args.join(', ')})` : name;
  const selection = selectionOf(Object.values(fields), type.open);
  return {
    door: 'graphql',
    path: strapi.config.get<string>('plugin::graphql.endpoint', '/graphql'),
    body: {
      query: `{ ${call} { documentId membershipAccess { granted preview } ${selection} } }`,
    },
    dataOf: (json) => property(property(json, 'data'), name),
  };
};
