import { type HuntSite } from './site';

/** A type as introspection names it: what is wrapped in lists and "not null" is below `ofType`. */
export interface TypeRef {
  kind: string;
  name: string | null;
  ofType?: TypeRef | null;
}

export interface Arg {
  name: string;
  type: TypeRef;
}

export interface Field extends Arg {
  args: Arg[];
}

export interface Type {
  kind: string;
  name: string;
  fields: Field[] | null;
  inputFields: Arg[] | null;
  enumValues: { name: string }[] | null;
  possibleTypes: { name: string }[] | null;
}

/** A site's GraphQL schema, as everybody may ask for it. */
export interface Types {
  query: Type;
  get(name: string): Type;
}

const REF = 'kind name ofType { kind name ofType { kind name ofType { kind name } } }';
const DOCUMENT = `{ __schema { queryType { name } types { kind name
  fields { name type { ${REF} } args { name type { ${REF} } } }
  inputFields { name type { ${REF} } } enumValues { name } possibleTypes { name } } } }`;

export const namedType = (type: TypeRef): TypeRef => (type.ofType ? namedType(type.ofType) : type);

export const isList = (type: TypeRef): boolean =>
  type.kind === 'LIST' || (type.kind === 'NON_NULL' && !!type.ofType && isList(type.ofType));

/** `[String!]!` */
export const written = (type: TypeRef): string => {
  const inner = type.ofType ? written(type.ofType) : (type.name ?? '');
  if (type.kind === 'NON_NULL') return `${inner}!`;
  return type.kind === 'LIST' ? `[${inner}]` : inner;
};

export const introspect = async (site: HuntSite): Promise<Types> => {
  const answer = await site.graphql(DOCUMENT);
  const { data }: { data: { __schema: { queryType: { name: string }; types: Type[] } } } =
    JSON.parse(answer.text);
  const types = new Map(data.__schema.types.map((type) => [type.name, type]));
  const get = (name: string): Type => {
    const type = types.get(name);
    if (!type) throw new Error(`there is no GraphQL type ${name}`);
    return type;
  };
  return { query: get(data.__schema.queryType.name), get };
};
