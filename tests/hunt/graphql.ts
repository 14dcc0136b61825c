import * as fc from 'fast-check';
import { write, type Argument, type Item, type Value } from './document';
import { sorts } from './filters';
import {
  isList,
  namedType,
  type Arg,
  type Field,
  type Type,
  type TypeRef,
  type Types,
} from './introspect';
import { guessOf } from './pools';
import { type Request } from './query';
import { FILE, USER, type Model } from './schema';
import { isAskable, isNamed, type Tongue } from './tongue';

/** What the site calls its types in GraphQL. */
export interface Names {
  /** The content type or component behind an object type. */
  modelOf(type: string): Model | undefined;
  /** The content type or component that a filter input asks about. */
  filteredBy(input: string): Model | undefined;
}

export interface Speech {
  tongue: Tongue;
  types: Types;
  names: Names;
  made: Map<string, fc.Arbitrary<Item>>;
}

const plain = (value: string | number | boolean | null): Value => ({ plain: value });

const scalar = ({ tongue }: Speech, name: string): fc.Arbitrary<Value> => {
  const kinds: Record<string, string> = {
    Int: 'integer',
    Long: 'integer',
    Float: 'decimal',
    Boolean: 'boolean',
    Date: 'date',
    DateTime: 'datetime',
    Time: 'time',
  };
  if (name === 'I18NLocaleCode') return fc.constantFrom('en', 'fr', '*').map(plain);
  const type = kinds[name] ?? 'string';
  return guessOf({ type }, tongue.pools).map((guess) => {
    if (type === 'boolean') return plain(guess === 'true');
    if (type === 'integer' || type === 'decimal')
      return plain(name === 'Long' ? guess : Number(guess));
    return plain(guess);
  });
};

/** A value of an input type. In a polite filter no protected attribute is asked about. */
const valueOf = (speech: Speech, ref: TypeRef, depth: number): fc.Arbitrary<Value> => {
  if (isList(ref)) {
    const one = valueOf(speech, { ...namedType(ref) }, depth);
    return fc.array(one, { minLength: 1, maxLength: 2 }).map((list): Value => ({ list }));
  }
  const { kind, name } = namedType(ref);
  if (kind === 'SCALAR' || !name) return scalar(speech, name ?? 'String');
  const type = speech.types.get(name);
  if (type.enumValues) {
    return fc
      .constantFrom(...type.enumValues.map((value) => value.name))
      .map((value): Value => ({ enum: value }));
  }
  const model = speech.names.filteredBy(name);
  const fields = (type.inputFields ?? []).filter(
    (field) =>
      (depth > 1 || !isNested(speech, field)) &&
      (!model || field.name === 'and' || isAskable(speech.tongue, model, field.name)) &&
      (depth > 1 || !['and', 'or', 'not'].includes(field.name)) &&
      // Of a scalar Strapi's schema offers what its engine has not.
      (model || speech.tongue.wild || !['and', 'or'].includes(field.name))
  );
  if (fields.length === 0) return fc.constant<Value>({ object: [] });
  // Leaves first: a filter of filters ends soon enough.
  const one = fc.oneof(
    ...fields.map((field) => ({
      weight: isNested(speech, field) ? 1 : 3,
      arbitrary: fc
        .constant(null)
        .chain(() =>
          valueOf(speech, field.type, depth - 1).map((value): [string, Value] => [
            field.name,
            value,
          ])
        ),
    }))
  );
  return fc
    .uniqueArray(one, { minLength: 1, maxLength: 2, selector: ([key]) => key })
    .map((object): Value => ({ object }));
};

const isNested = ({ names }: Speech, { type }: Arg): boolean => {
  const { kind, name } = namedType(type);
  return kind === 'INPUT_OBJECT' && name !== null && names.filteredBy(name) !== undefined;
};

const PAGES = ['limit', 'pageSize', 'page', 'start'];

const argument = (speech: Speech, field: Field, arg: Arg): fc.Arbitrary<Argument | null> => {
  const { tongue, names } = speech;
  const required = arg.type.kind === 'NON_NULL';
  const with_ = (value: fc.Arbitrary<Value>, chance = 3): fc.Arbitrary<Argument | null> =>
    fc.oneof(
      { weight: required ? 0 : 8 - chance, arbitrary: fc.constant(null) },
      {
        weight: chance,
        arbitrary: fc
          .tuple(value, fc.boolean())
          .map(([one, variable]) => ({ name: arg.name, type: arg.type, value: one, variable })),
      }
    );
  const filter = field.args.find(({ name }) => name === 'filters');
  const model = filter && names.filteredBy(namedType(filter.type).name ?? '');
  const returned = names.modelOf(namedType(field.type).name ?? '');
  if (arg.name === 'documentId' && returned) {
    return with_(fc.constantFrom(...tongue.pools.documentIds(returned.uid)).map(plain), 8);
  }
  if (arg.name === 'sort' && model) {
    const strings = sorts(tongue, model, tongue.wild ? 3 : 1)
      .filter((sort) => typeof sort === 'string')
      .map((sort) => plain(String(sort)));
    return with_(
      isList(arg.type)
        ? fc.array(strings, { minLength: 1, maxLength: 2 }).map((list): Value => ({ list }))
        : strings,
      2
    );
  }
  if (arg.name === 'pagination') {
    const number = fc.integer({ min: 2, max: 20 });
    return with_(
      fc.oneof(
        number.map((limit): Value => ({ object: [['limit', plain(limit)]] })),
        fc.tuple(fc.constantFrom(1, 1, 2), number).map(([page, size]): Value => ({
          object: PAGES.slice(1, 3).map((key): [string, Value] => [
            key,
            plain(key === 'page' ? page : size),
          ]),
        }))
      ),
      2
    );
  }
  const drafty = ['status', 'publicationFilter', 'hasPublishedVersion'].includes(arg.name);
  if (drafty && tongue.polite && !required) return fc.constant(null);
  return with_(valueOf(speech, arg.type, 3), drafty ? 1 : 2);
};

const isObject = ({ kind }: TypeRef): boolean => ['OBJECT', 'UNION', 'INTERFACE'].includes(kind);

const item = (speech: Speech, parent: Type, field: Field, depth: number): fc.Arbitrary<Item> => {
  const args = fc
    .tuple(...field.args.map((arg) => argument(speech, field, arg)))
    .map((all) => all.filter((one) => one !== null));
  const named = namedType(field.type);
  const items: fc.Arbitrary<Item[] | null> = isObject(named)
    ? selection(speech, speech.types.get(named.name ?? ''), depth - 1)
    : fc.constant(null);
  const one = fc.tuple(args, items, fc.nat({ max: 4 })).map(([given, inner, dice]): Item => ({
    field: field.name,
    args: given,
    items: inner,
    alias: dice === 0,
  }));
  if (parent === speech.types.query) return one;
  return fc
    .tuple(one, fc.nat({ max: 11 }))
    .map(([inner, dice]): Item =>
      dice > 1 ? inner : { on: parent.name, named: dice === 0, items: [inner] }
    );
};

const anItem = (speech: Speech, type: Type, depth: number): fc.Arbitrary<Item> => {
  const name = `${type.name} ${depth}`;
  const known = speech.made.get(name);
  if (known) return known;
  const model = speech.names.modelOf(type.name);
  const choices = (type.fields ?? [])
    .filter(
      ({ type: of }) =>
        depth > 1 || !isObject(namedType(of)) || namedType(of).name === 'MembershipAccess'
    )
    .filter(
      ({ name: key }) => !model || isNamed(speech.tongue, model, key.replace(/_connection$/, ''))
    )
    .map((field) => {
      const nested = isObject(namedType(field.type));
      return { weight: nested ? 5 : 2, arbitrary: item(speech, type, field, depth) };
    });
  const typename: Item = { field: '__typename', args: [], items: null, alias: false };
  const made = fc.oneof({ weight: 1, arbitrary: fc.constant(typename) }, ...choices);
  speech.made.set(name, made);
  return made;
};

const ACCESS: Item = {
  field: 'membershipAccess',
  args: [],
  alias: false,
  items: ['granted', 'reason', 'preview'].map((field): Item => ({
    field,
    args: [],
    alias: false,
    items: null,
  })),
};

function selection(speech: Speech, type: Type, depth: number): fc.Arbitrary<Item[]> {
  if (type.possibleTypes && type.kind !== 'OBJECT') {
    return fc.array(
      fc.oneof(
        ...type.possibleTypes.map(({ name }) =>
          selection(speech, speech.types.get(name), depth).map((items): Item => ({
            on: name,
            named: false,
            items,
          }))
        )
      ),
      { minLength: 1, maxLength: 3 }
    );
  }
  const gated = type.fields?.some(({ name }) => name === 'membershipAccess');
  return fc
    .tuple(
      fc.array(anItem(speech, type, depth), { minLength: 1, maxLength: 4 }),
      fc.nat({ max: 9 })
    )
    .map(([items, dice]) => (gated && dice < 9 ? [ACCESS, ...items] : items));
}

/** A document with one or two questions of the site's own schema. */
export const graphqlRequests = (speech: Speech): fc.Arbitrary<Request> => {
  const { types, names, tongue } = speech;
  const roots = (types.query.fields ?? []).filter(({ name }) => !name.startsWith('__'));
  const weightOf = (field: Field): number => {
    const named = namedType(field.type).name ?? '';
    const listed = types.get(named).fields?.find(({ name }) => name === 'nodes');
    const model = names.modelOf(listed ? (namedType(listed.type).name ?? '') : named);
    if (!model || ![FILE, USER].includes(model.uid)) {
      if (!model?.uid.startsWith('api::')) return tongue.wild ? 1 : 0;
    }
    if (tongue.schema.isGated(model)) return 15;
    return model.uid.startsWith('api::') ? 6 : 2;
  };
  const root = fc.oneof(
    ...roots.map((field) => ({
      weight: weightOf(field),
      arbitrary: item(speech, types.query, field, 5),
    }))
  );
  return fc
    .array(root, { minLength: 1, maxLength: 2 })
    .map((items): Request => ({ by: 'graphql', ...write(items) }));
};
