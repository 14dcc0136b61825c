import type { Core } from '@strapi/strapi';
import { getConfig } from '../../config';
import type { Attribute, Entry, Model } from '../../strapi-types';
import type { GatedTypes } from '../gated-types';
import type { GetModel } from '../walk';
import { createAddresses, type Addresses } from './addresses';
import { createAdminPass, type AdminPass } from './admin-pass';
import { componentsIn, readPlaces, type Places } from './places';
import { createProtection, type IsProtected } from './protection';
import { createSigner } from './signature';

/** The files of protected media: which they are, and how those get them who may read the entry. */
export interface Files {
  /** false: the gate is off, `access.files` is `public`, or no schema protects media. */
  active: boolean;
  places: Places;
  addresses: Addresses;
  pass: AdminPass;
  isProtected: IsProtected;
  /**
   * An entry with its files' addresses signed: those it holds itself or in components, under the
   * given attributes. What it only points to is its own.
   *
   * @param at milliseconds
   */
  signEntry(entry: Entry, model: Model, keys: readonly string[], at: number): Entry;
  /** The value of a media attribute, signed: a file, files, or a connection of them. */
  signMedia(value: unknown, at: number): unknown;
  /**
   * What a GraphQL field of an entry answers to somebody it is personal to: media are signed, and
   * components remembered, since the fields below them know nothing of the entry.
   */
  hand(value: unknown, attribute: Attribute | undefined, at: number): unknown;
  /** Whether a component was handed out so. */
  wasHanded(component: object): boolean;
}

const isEntry = (value: unknown): value is Entry =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const mapEach = (value: unknown, map: (entry: Entry) => Entry): unknown => {
  if (Array.isArray(value)) return value.map((item: unknown) => mapEach(item, map));
  return isEntry(value) ? map(value) : value;
};

/**
 * What other programs do not know and every instance of the site does: Koa's keys, newest first;
 * where there are none, the key of the admin's tokens, without which no Strapi starts.
 */
const secretsOf = (strapi: Core.Strapi): string[] => {
  const keys: unknown = strapi.config.get('server.app.keys');
  const secret: unknown = strapi.config.get('admin.auth.secret');
  const usable = (all: unknown[]) =>
    all.filter((key): key is string => typeof key === 'string' && key !== '');
  const own = usable(Array.isArray(keys) ? keys : []);
  return own.length > 0 ? own : usable([secret]);
};

export const createFiles = (
  strapi: Core.Strapi,
  models: readonly Model[],
  types: GatedTypes,
  getModel: GetModel
): Files => {
  const places = readPlaces(models, types, getModel);
  const signer = createSigner(secretsOf(strapi));
  const addresses = createAddresses(signer, strapi.config.get<string>('server.absoluteUrl', ''));
  const { enabled, files } = getConfig(strapi).access;
  const active = enabled && files === 'protected' && places.any;

  const signMedia = (value: unknown, at: number): unknown =>
    mapEach(value, (file) =>
      Array.isArray(file.nodes)
        ? { ...file, nodes: signMedia(file.nodes, at) }
        : addresses.signFile(file, at)
    );

  const handed = new WeakSet<object>();
  const hand: Files['hand'] = (value, attribute, at) => {
    if (!active || !attribute) return value;
    if (attribute.type === 'media') return signMedia(value, at);
    if (componentsIn(attribute).length === 0) return value;
    return mapEach(value, (component) => {
      handed.add(component);
      return component;
    });
  };

  const signEntry = (entry: Entry, model: Model, keys: readonly string[], at: number): Entry => {
    if (!active || !keys.some((key) => key in entry)) return entry;
    const out = { ...entry };
    for (const key of keys) {
      const attribute = model.attributes[key];
      if (!(key in out) || !attribute) continue;
      out[key] =
        attribute.type === 'media'
          ? signMedia(out[key], at)
          : mapEach(out[key], (component) => {
              const [only] = attribute.type === 'component' ? componentsIn(attribute) : [];
              const below = getModel(only ?? String(component.__component));
              return below
                ? signEntry(component, below, places.carriers(below.uid), at)
                : component;
            });
    }
    return out;
  };

  return {
    active,
    places,
    addresses,
    pass: createAdminPass(strapi, signer),
    isProtected: createProtection(strapi, { types, getModel, places }),
    signEntry,
    signMedia,
    hand,
    wasHanded: (component) => handed.has(component),
  };
};
