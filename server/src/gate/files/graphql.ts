import type { Core } from '@strapi/strapi';
import type { Entry } from '../../strapi-types';
import type { Gate } from '../gate';
import { graphqlOf, type GraphqlField, type GraphqlSchema } from '../graphql-plugin';

const FILE_UID = 'plugin::upload.file';

const isEntry = (value: unknown): value is Entry => typeof value === 'object' && value !== null;

type Answer = (parent: Entry, value: unknown) => unknown;

const afterwards = (field: GraphqlField, answer: Answer): void => {
  const resolve =
    field.resolve ?? ((parent: unknown) => (isEntry(parent) ? parent[field.name] : undefined));
  field.resolve = async (parent, args, context, info) => {
    const value = await resolve(parent, args, context, info);
    return isEntry(parent) ? answer(parent, value) : value;
  };
};

/** Below a component that was handed out with its entry, files are handed out too. */
const handComponents = (schema: GraphqlSchema, gate: Gate, nameOf: NameOf): void => {
  for (const uid of gate.files.places.protectedComponents) {
    const fields = schema.getType(nameOf(uid))?.getFields?.();
    const model = gate.getModel(uid);
    for (const key of fields && model ? gate.files.places.carriers(uid) : []) {
      for (const name of [key, `${key}_connection`]) {
        const field = fields?.[name];
        if (!field) continue;
        afterwards(field, (parent, value) => {
          const ctx = gate.files.wasHanded(parent) ? gate.current() : null;
          return ctx ? gate.files.hand(value, model?.attributes[key], gate.request(ctx).at) : value;
        });
      }
    }
  }
};

/** Whoever reads everything gets signed addresses wherever a file shows. */
const handFiles = (schema: GraphqlSchema, gate: Gate, nameOf: NameOf): void => {
  const fields = schema.getType(nameOf(FILE_UID))?.getFields?.();
  for (const key of ['url', 'formats']) {
    const field = fields?.[key];
    if (!field) continue;
    afterwards(field, async (_parent, value) => {
      const ctx = gate.current();
      if (!ctx || (await gate.request(ctx).caller()).readAll === null) return value;
      gate.touch(ctx);
      return gate.files.addresses.signFile({ [key]: value }, gate.request(ctx).at)[key];
    });
  }
};

type NameOf = (uid: string) => string;

interface Naming {
  getTypeName(model: unknown): string;
  getComponentName(model: unknown): string;
}

/** Hands files out in GraphQL, where each field of a file and of a component resolves by itself. */
export const handOutGraphql = (strapi: Core.Strapi, gate: () => Gate): void => {
  const graphql = graphqlOf(strapi);
  if (!graphql) return;
  const { contentApi } = graphql;
  const buildSchema = contentApi.buildSchema.bind(contentApi);
  contentApi.buildSchema = () => {
    const schema = buildSchema();
    if (!gate().files.active) return schema;
    const { naming } = strapi.plugin('graphql').service<{ naming: Naming }>('utils');
    const nameOf: NameOf = (uid) => {
      const model = gate().getModel(uid);
      return model?.modelType === 'component'
        ? naming.getComponentName(model)
        : naming.getTypeName(model);
    };
    handComponents(schema, gate(), nameOf);
    handFiles(schema, gate(), nameOf);
    return schema;
  };
};
