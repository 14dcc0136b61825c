import type { Core } from '@strapi/strapi';
import type { Leak } from '../../../../contracts';
import { now } from '../../config';
import { findRules, refKey, type DocumentRef } from '../../store/rules';
import { property } from '../../strapi-services';
import type { Entry, Model } from '../../strapi-types';
import type { Gate } from '../gate';
import type { GatedType } from '../gated-types';
import { isOpenToAll } from '../request';
import { defaultRule } from '../verdicts';
import { walk } from '../walk';
import type { Needle } from './samples';

interface Found {
  ref: DocumentRef;
  entry: Entry;
  type: GatedType;
}

const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === '' ||
  (Array.isArray(value) && value.length === 0);

/** The gate says so itself when a free part is in an entry; whether it is one, the needles tell. */
const isFreePart = ({ entry, type }: Found, key: string): boolean =>
  type.paywalls.has(key) && property(entry.membershipAccess, 'preview') === true;

const protectedKeys = (found: Found): string[] =>
  Object.keys(found.entry).filter(
    (key) =>
      key !== 'membershipAccess' &&
      !found.type.open.has(key) &&
      !isEmpty(found.entry[key]) &&
      !isFreePart(found, key)
  );

/** Every gated entry in an answer of the usual shape, at any depth. */
const gatedIn = (gate: Gate, data: unknown, model: Model): Found[] => {
  const found: Found[] = [];
  walk(data, model, gate.getModel, (entry, { uid }) => {
    const type = gate.types.get(uid);
    const { documentId } = entry;
    if (type && typeof documentId === 'string') {
      found.push({ ref: { uid, documentId }, entry, type });
    }
    return entry;
  });
  return found;
};

/** Protected keys of the entries in an answer that a visitor may not read. */
const leakedKeys = async (
  strapi: Core.Strapi,
  gate: Gate,
  data: unknown,
  model: Model
): Promise<Leak[]> => {
  const found = gatedIn(gate, data, model);
  const rules = await findRules(
    strapi,
    found.map(({ ref }) => ref)
  );
  const at = now(strapi);
  return found
    .filter(
      ({ ref, type }) => !isOpenToAll(rules.get(refKey(ref)) ?? defaultRule(strapi, type), at)
    )
    .flatMap((one) => protectedKeys(one).map((key) => ({ ...one.ref, key })));
};

const textsOf = (value: unknown): string[] => {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsOf);
};

/** What is protected, found by its text: whatever an answer calls it, and wherever it puts it. */
const leakedTexts = (uid: string, json: unknown, text: string, needles: Needle[]): Leak[] => {
  const said = json === undefined ? text : textsOf(json).join('\n');
  return needles
    .filter((needle) => said.includes(needle.text))
    .map(({ documentId, key }) => ({ uid, documentId, key }));
};

const leakKey = ({ uid, documentId, key }: Leak): string => `${uid} ${documentId} ${key}`;

export interface Answered {
  /** The answer as it was sent. */
  text: string;
  /** The same parsed; undefined when it is no JSON. */
  json: unknown;
  /** Where the entries are in it, when it has the usual shape. */
  data: unknown;
}

/** Everything protected in one answer to a visitor, each key of each entry once. */
export const findLeaks = async (
  strapi: Core.Strapi,
  gate: Gate,
  model: Model,
  { text, json, data }: Answered,
  needles: Needle[]
): Promise<Leak[]> => {
  const leaks = [
    ...(await leakedKeys(strapi, gate, data, model)),
    ...leakedTexts(model.uid, json, text, needles),
  ];
  return [...new Map(leaks.map((leak) => [leakKey(leak), leak])).values()];
};
