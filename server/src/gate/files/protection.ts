import { realpath } from 'node:fs/promises';
import path from 'node:path';
import type { Core } from '@strapi/strapi';
import { getConfig, now } from '../../config';
import {
  findComponentHolders,
  findFiles,
  findStandings,
  searchFiles,
  type ComponentRef,
  type HeldFile,
  type Holding,
  type Standing,
} from '../../store/files';
import type { GatedType, GatedTypes } from '../gated-types';
import type { GetModel } from '../walk';
import { hashesOf, UPLOADS } from './names';
import type { Places } from './places';

/** Tells of a file in the uploads folder whether it is only for those who may read what holds it. */
export type IsProtected = (name: string) => Promise<boolean>;

interface Parts {
  types: GatedTypes;
  getModel: GetModel;
  places: Places;
}

const grouped = <T extends { uid: string; id: number }>(list: readonly T[]) => {
  const ids = new Map<string, number[]>();
  for (const { uid, id } of list) ids.set(uid, [...(ids.get(uid) ?? []), id]);
  return ids;
};

const refKey = ({ uid, id }: ComponentRef): string => `${uid}:${id}`;

/**
 * The name of a file on the disk, which may be another spelling of the one asked for where capitals
 * do not count; null when there is none that could be served.
 */
const nameOnDisk = async (strapi: Core.Strapi, name: string): Promise<string | null> => {
  try {
    return path.basename(await realpath(path.join(strapi.dirs.static.public, UPLOADS, name)));
  } catch {
    return null;
  }
};

/**
 * A file is protected when something protected holds it and nothing open does. Open is an attribute
 * of a type that is not gated, and of a published gated entry either a teaser or anything, when the
 * rule of the entry lets everybody read. What is held by nothing is public, as it always was.
 */
export const createProtection = (
  strapi: Core.Strapi,
  { types, getModel, places }: Parts
): IsProtected => {
  /** Rows of types and attributes that are gone from the schemas hold nothing. */
  const isReal = ({ uid, field }: Holding): boolean =>
    getModel(uid)?.attributes[field] !== undefined;

  const isComponent = ({ uid }: Holding): boolean => getModel(uid)?.modelType === 'component';

  /** The entries that hold something: what is in a component is held by what holds that. */
  const entriesHolding = async (holders: readonly Holding[]): Promise<Holding[]> => {
    const entries: Holding[] = [];
    const seen = new Set<string>();
    let level = holders.filter(isReal);
    while (level.length > 0) {
      entries.push(...level.filter((holder) => !isComponent(holder)));
      const components = level.filter(isComponent).filter((holder) => !seen.has(refKey(holder)));
      for (const component of components) seen.add(refKey(component));
      const kinds = [...new Set(components.map(({ uid }) => uid))];
      const parents = new Map(
        kinds.flatMap((uid) => places.parentsOf(uid).map((parent) => [parent.uid, parent]))
      );
      level = (
        await findComponentHolders(strapi, grouped(components), [...parents.values()])
      ).filter(isReal);
    }
    return entries;
  };

  const isOpenRule = (type: GatedType, rule: Standing['rule'], at: number): boolean => {
    const { visibility, opensAt } = rule ?? {
      visibility: type.defaultVisibility ?? getConfig(strapi).access.defaultVisibility,
      opensAt: null,
    };
    return visibility === 'public' || (opensAt !== null && opensAt <= at);
  };

  const isOpen = ({ uid, field }: Holding, standing: Standing | undefined, at: number): boolean => {
    // A row that is gone holds nothing, whatever was left behind of it.
    if (!standing) return false;
    const type = types.get(uid);
    if (!type) return true;
    if (getModel(uid)?.options?.draftAndPublish === true && !standing.published) return false;
    return type.open.has(field) || isOpenRule(type, standing.rule, at);
  };

  const isProtectedFile = async ({ holders }: HeldFile): Promise<boolean> => {
    if (!holders.some(({ uid, field }) => places.mayProtect(uid, field))) return false;
    const entries = await entriesHolding(holders);
    if (!entries.some(({ uid, field }) => places.mayProtect(uid, field))) return false;
    const at = now(strapi);
    for (const [uid, ids] of grouped(entries)) {
      const standings = await findStandings(strapi, uid, ids);
      const here = entries.filter((entry) => entry.uid === uid);
      if (here.some((entry) => isOpen(entry, standings.get(entry.id), at))) return false;
    }
    return true;
  };

  const filesNamed = async (name: string): Promise<HeldFile[]> => {
    const known = await findFiles(strapi, hashesOf(name));
    if (known.length > 0) return known;
    const real = await nameOnDisk(strapi, name);
    return real === null ? [] : searchFiles(strapi, real);
  };

  return async (name) => {
    for (const file of await filesNamed(name)) {
      if (await isProtectedFile(file)) return true;
    }
    return false;
  };
};
