import * as fc from 'fast-check';
import { argument, type Speech } from './arguments';
import { write, type Item } from './document';
import { namedType, type Field, type Type, type TypeRef } from './introspect';
import { type Request } from './query';
import { FILE, USER } from './schema';
import { isNamed } from './tongue';

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
