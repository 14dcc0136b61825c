import * as fc from 'fast-check';
import { type Argument, type Item, type Value } from './document';
import { sorts } from './filters';
import { isList, namedType, type Arg, type Field, type TypeRef, type Types } from './introspect';
import { guessOf } from './pools';
import { type Model } from './schema';
import { isAskable, type Tongue } from './tongue';

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

/** One argument of a field, or null: it is not given. */
export const argument = (speech: Speech, field: Field, arg: Arg): fc.Arbitrary<Argument | null> => {
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
