import type { Core } from '@strapi/strapi';
import { PLUGIN_ID } from './constants';
import { getService } from './get-service';
import { afterCommit } from './store';
import { findId, property } from './strapi-services';

/**
 * Where Strapi keeps who may do what: of a role of the site, of a role of the admin, of an API token.
 * `columns` is what makes two rows the same but for their owner.
 */
const PLACES = [
  {
    uid: 'plugin::users-permissions.permission',
    owner: 'role',
    ownerUid: 'plugin::users-permissions.role',
    columns: ['action'],
  },
  {
    uid: 'admin::permission',
    owner: 'role',
    ownerUid: 'admin::role',
    columns: ['action', 'actionParameters', 'subject', 'properties', 'conditions'],
  },
  {
    uid: 'admin::api-token-permission',
    owner: 'token',
    ownerUid: 'admin::api-token',
    columns: ['action'],
  },
] as const;

type Place = (typeof PLACES)[number];

interface Tick {
  /** documentId: it stays the same where a transfer gives rows other ids. */
  owner: string;
  data: Record<string, unknown>;
}

type Ticks = Record<string, Tick[]>;

const isTicks = (value: unknown): value is Ticks => typeof value === 'object' && value !== null;

const documentIdOf = (owner: unknown): string | null => {
  const documentId = property(owner, 'documentId');
  return typeof documentId === 'string' ? documentId : null;
};

const read = async (strapi: Core.Strapi, { uid, owner, columns }: Place): Promise<Tick[]> => {
  const rows: unknown[] = await strapi.db.query(uid).findMany({
    where: { action: { $startsWith: `plugin::${PLUGIN_ID}.` } },
    populate: [owner],
    orderBy: { id: 'asc' },
  });
  return rows.flatMap((row) => {
    const documentId = documentIdOf(property(row, owner));
    const data = Object.fromEntries(columns.map((column) => [column, property(row, column)]));
    return documentId === null ? [] : [{ owner: documentId, data }];
  });
};

const readAll = async (strapi: Core.Strapi): Promise<Ticks> => {
  const all: Ticks = {};
  for (const place of PLACES) all[place.uid] = await read(strapi, place);
  return all;
};

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Which of the plugin's permissions the owner has ticked. */
export interface Ticked {
  /** Puts back what a boot without the plugin swept away. */
  restore(): Promise<void>;
  /** Notes every later change. */
  watch(): void;
  /** Writes down what is ticked, when that may have changed. */
  remember(): Promise<void>;
}

/**
 * Strapi deletes permissions whose action nobody registers (users-permissions `syncPermissions`, the
 * admin's `cleanPermissionsInDatabase` and `syncAPITokensPermissions`): one boot with the plugin
 * switched off would take its API from every member. So what is ticked is written down while the
 * plugin is there to see it change, and what is missing at the next boot is what it did not see go.
 */
export const createTicked = ({ strapi }: { strapi: Core.Strapi }): Ticked => {
  const store = () => strapi.store({ type: 'plugin', name: PLUGIN_ID, key: 'ticked-permissions' });
  let changed = true;

  const restorePlace = async (place: Place, ticks: readonly Tick[]): Promise<void> => {
    const present = await read(strapi, place);
    const missing = ticks.filter((tick) => !present.some((one) => isSame(one, tick)));
    for (const { owner, data } of missing) {
      const id = await findId(strapi, place.ownerUid, { documentId: owner });
      if (id === null) continue;
      await strapi.db.query(place.uid).create({ data: { ...data, [place.owner]: id } });
    }
  };

  return {
    async restore() {
      const stored: unknown = await store().get({});
      if (!isTicks(stored)) return;
      for (const place of PLACES) await restorePlace(place, stored[place.uid] ?? []);
    },
    watch() {
      const note = () =>
        afterCommit(strapi, () => {
          changed = true;
          getService(strapi, 'background').wake();
        });
      strapi.db.lifecycles.subscribe({
        models: PLACES.map(({ uid }) => uid),
        afterCreate: note,
        afterCreateMany: note,
        afterUpdate: note,
        afterUpdateMany: note,
        afterDelete: note,
        afterDeleteMany: note,
      });
    },
    async remember() {
      if (!changed) return;
      changed = false;
      const [stored, present]: unknown[] = [await store().get({}), await readAll(strapi)];
      if (!isSame(stored, present)) await store().set({ value: present });
    },
  };
};
