import type { Core } from '@strapi/strapi';
import { HIDDEN_UID, UID, USER_UID } from '../constants';
import type { Rows } from './rows';

const uids: Record<keyof Rows, string> = { ...UID, ...HIDDEN_UID, user: USER_UID };

type Where = Record<string, unknown>;
type OrderBy = Record<string, 'asc' | 'desc'> | Record<string, 'asc' | 'desc'>[];

interface FindParams {
  where?: Where;
  select?: string[];
  populate?: string[] | Record<string, unknown>;
  orderBy?: OrderBy;
  limit?: number;
  offset?: number;
}

/** Strapi's query engine for one table, with its rows typed (Strapi itself types them `any`). */
export interface Table<Row> {
  findOne(params: FindParams): Promise<Row | null>;
  findMany(params: FindParams): Promise<Row[]>;
  create(params: { data: Record<string, unknown>; populate?: string[] }): Promise<Row>;
  /** One INSERT of many rows, of scalars only. */
  createMany(params: { data: Record<string, unknown>[] }): Promise<{ count: number }>;
  update(params: { where: Where; data: Record<string, unknown> }): Promise<Row | null>;
  /** One conditional UPDATE; `count` says how many rows matched. Scalars only. */
  updateMany(params: { where: Where; data: Record<string, unknown> }): Promise<{ count: number }>;
  delete(params: { where: Where }): Promise<Row | null>;
  deleteMany(params: { where: Where }): Promise<{ count: number }>;
  count(params?: { where?: Where }): Promise<number>;
}

/**
 * A table of the plugin. Inside `transaction` its queries join the open transaction by themselves.
 * Relations are written as numeric ids.
 */
export const table = <Name extends keyof Rows>(
  strapi: Core.Strapi,
  name: Name
): Table<Rows[Name]> => strapi.db.query(uids[name]);
