import { property } from '../strapi-services';
import type { Gate } from './gate';
import { innermost, type GraphqlField, type GraphqlSchema } from './graphql-plugin';
import { refuseDrafts } from './questions';

/**
 * What the root field above a field was asked with: Strapi keeps it by the root's name or alias,
 * because relations inherit the status (`@strapi/plugin-graphql` builders/resolvers/association).
 */
const rootArgsOf = (context: unknown, info: unknown): Record<string, unknown> => {
  let path = property(info, 'path');
  for (let above = path; above; above = property(above, 'prev')) path = above;
  const known = property(context, 'rootQueryArgsByPath');
  const args: unknown = known instanceof Map ? known.get(property(path, 'key')) : undefined;
  return typeof args === 'object' && args !== null ? { ...args } : {};
};

const guard = (field: GraphqlField, gate: Gate): void => {
  const { resolve } = field;
  if (!resolve) return;
  field.resolve = async (parent, args, context, info) => {
    try {
      refuseDrafts(rootArgsOf(context, info));
    } catch (error) {
      const ctx = gate.current();
      if (ctx) gate.touch(ctx);
      if (ctx && (await gate.request(ctx).caller()).readAll === null) throw error;
    }
    return resolve(parent, args, context, info);
  };
};

/**
 * A query for drafts of one type brings drafts of every type below it. Where that is a gated one it
 * is refused, as `?status=draft` is when `populate` reaches one.
 *
 * @param gated the names of the gated types
 */
export const refuseInheritedDrafts = (
  schema: GraphqlSchema,
  gated: ReadonlySet<string>,
  gate: Gate
): void => {
  // An input object's fields have no resolvers, and are passed over.
  const types = Object.entries(schema.getTypeMap()).map(
    ([name, type]) => [name, Object.values(type.getFields?.() ?? {})] as const
  );
  const nameOf = ({ type }: GraphqlField): string => innermost(type).toString();

  // `articles_connection` answers an object around the entries.
  const around = types.flatMap(([name, fields]) =>
    fields.some((field) => field.name === 'nodes' && gated.has(nameOf(field))) ? [name] : []
  );
  const names = new Set([...gated, ...around]);
  for (const field of types.flatMap(([, fields]) => fields)) {
    if (names.has(nameOf(field))) guard(field, gate);
  }
};
