import { relative } from 'node:path';
import ts from 'typescript';
import type { Schema } from './schema-types';

/** Turns the compiler's types into JSON Schema, one definition per named object type. */
export function createTypeReader(checker: ts.TypeChecker, root: string) {
  const definitions: Record<string, Schema> = {};

  function read(type: ts.Type): Schema {
    if (type.aliasSymbol?.name === 'Decimal') return { type: 'string' };
    if (type.isUnion()) return readUnion(type);
    if (type.isStringLiteral() || type.isNumberLiteral()) return { const: type.value };
    const flags = type.flags;
    if (flags & ts.TypeFlags.BooleanLiteral) {
      return { const: checker.typeToString(type) === 'true' };
    }
    if (flags & ts.TypeFlags.String) return { type: 'string' };
    if (flags & ts.TypeFlags.Number) return { type: 'number' };
    if (flags & ts.TypeFlags.Null) return { type: 'null' };
    if (isOtherString(type)) return { type: 'string' };
    if (checker.isArrayType(type)) {
      const [item] = checker.getTypeArguments(arrayReference(type));
      return item ? { type: 'array', items: read(item) } : { type: 'array' };
    }
    if (flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection)) return readObject(type);
    return {};
  }

  /** An open enum is `'a' | 'b' | OtherString`: the values it names are the ones we accept. */
  function readUnion(union: ts.UnionType): Schema {
    const members = union.types.filter(
      (member) => !(member.flags & (ts.TypeFlags.Undefined | ts.TypeFlags.Void))
    );
    const literals: (string | number)[] = [];
    const rest: Schema[] = [];
    let booleans = 0;
    for (const member of members) {
      if (member.isStringLiteral() || member.isNumberLiteral()) literals.push(member.value);
      else if (member.flags & ts.TypeFlags.BooleanLiteral) booleans += 1;
      else if (!isOtherString(member)) rest.push(read(member));
    }
    if (booleans === 2) rest.push({ type: 'boolean' });
    else if (booleans === 1) {
      const one = members.find((member) => member.flags & ts.TypeFlags.BooleanLiteral);
      if (one) rest.push(read(one));
    }
    if (literals.length > 0) rest.unshift({ enum: literals });
    const [only] = rest;
    return rest.length === 1 && only ? only : { anyOf: rest };
  }

  function readObject(type: ts.Type): Schema {
    const name = nameOf(type);
    if (!name) return objectSchema(type);
    if (!definitions[name]) {
      // Types refer to themselves: the name must be taken before the properties are read.
      definitions[name] = {};
      definitions[name] = objectSchema(type);
    }
    return { $ref: `#/definitions/${name}` };
  }

  function objectSchema(type: ts.Type): Schema {
    const properties: Record<string, Schema> = {};
    const required: string[] = [];
    for (const property of checker.getPropertiesOfType(type)) {
      const valueType = checker.getTypeOfSymbol(property);
      const optional = (property.flags & ts.SymbolFlags.Optional) !== 0;
      // `deleted?: void` on a live object says "never here".
      if (isAbsent(valueType)) continue;
      properties[property.name] = read(valueType);
      if (!optional) required.push(property.name);
    }
    const index = checker.getIndexInfoOfType(type, ts.IndexKind.String);
    const schema: Schema = {
      type: 'object',
      properties,
      additionalProperties: index ? read(index.type) : isOpen(type),
    };
    return required.length > 0 ? { ...schema, required } : schema;
  }

  function nameOf(type: ts.Type): string | undefined {
    const symbol = type.symbol;
    if (!symbol || symbol.name.startsWith('__')) return undefined;
    const file = symbol.declarations?.[0]?.getSourceFile().fileName ?? '';
    const path = relative(root, file)
      .replace(/^resources\//, '')
      .replace(/\.d\.ts$/, '');
    const local = checker.getFullyQualifiedName(symbol).replace(/^".*"\./, '');
    const generic = typeArguments(type)
      .map((each) => nameOf(each) ?? checker.typeToString(each))
      .join('+');
    return `${path}.${local}${generic ? `.${generic}` : ''}`.replace(/[^\w.+-]/g, '_');
  }

  function typeArguments(type: ts.Type): readonly ts.Type[] {
    return isReference(type) ? checker.getTypeArguments(type) : [];
  }

  function arrayReference(type: ts.Type): ts.TypeReference {
    if (isReference(type)) return type;
    throw new Error('An array type that is no reference');
  }

  return { read, definitions: () => definitions };
}

/** What an event carries is typed as `{}`: any object, checked by its own `object` field. */
function isOpen(type: ts.Type): boolean {
  const name = type.symbol?.name;
  const file = type.symbol?.declarations?.[0]?.getSourceFile().fileName ?? '';
  return file.endsWith('Events.d.ts') && (name === 'Object' || name === 'PreviousAttributes');
}

function isReference(type: ts.Type): type is ts.TypeReference {
  return 'target' in type;
}

function isOtherString(type: ts.Type): boolean {
  return type.isIntersection() && type.types.some((member) => member.flags & ts.TypeFlags.String);
}

function isAbsent(type: ts.Type): boolean {
  const members = type.isUnion() ? type.types : [type];
  return members.every((member) => member.flags & (ts.TypeFlags.Undefined | ts.TypeFlags.Void));
}
