import type { Core } from '@strapi/strapi';
import type { TierRef } from '../../../contracts';
import { UID } from '../constants';
import type { HeldGrant } from '../domain/access';
import {
  columnMs,
  columnText,
  joinColumn,
  joinTable,
  prepared,
  sqlTable,
  type SqlRow,
} from './sql';

/** A grant with the tier it is of; `tier` is null when that was deleted. */
export interface Holding extends HeldGrant {
  documentId: string;
  source: string | null;
  tier: TierRef | null;
}

/** What is known of a member when asking what they may read. */
export interface Holdings {
  /** null: the user has no Member row. */
  member: { id: number; documentId: string } | null;
  suspended: boolean;
  grants: Holding[];
}

export const NO_HOLDINGS: Holdings = { member: null, suspended: false, grants: [] };

type Owner = { userId: number } | { memberDocumentId: string };

const grantOf = (row: SqlRow): Holding => {
  const tier = columnText(row.tier_document_id);
  return {
    documentId: columnText(row.grant_document_id) ?? '',
    source: columnText(row.source),
    tier:
      (tier && {
        documentId: tier,
        name: columnText(row.tier_name) ?? '',
        slug: columnText(row.tier_slug) ?? '',
      }) ||
      null,
    paid: row.tier_kind === 'paid',
    opens: [],
    startsAt: columnMs(row.starts_at),
    endsAt: columnMs(row.ends_at),
    revokedAt: columnMs(row.revoked_at),
  };
};

/** By which column the member is looked for. */
type By = 'user' | 'document';

/**
 * Tiers include tiers, to any depth; the recursion's UNION drops what was seen, so a circle ends.
 */
const holdingsOf = prepared<By>((strapi, by) => {
  const knex = strapi.db.connection;
  const includes = joinTable(strapi, UID.tier, 'includes');
  const grantMember = `g.${joinColumn(strapi, UID.grant, 'member')}`;
  const grantTier = `g.${joinColumn(strapi, UID.grant, 'tier')}`;
  const column = by === 'user' ? `m.${joinColumn(strapi, UID.member, 'user')}` : 'm.document_id';

  return knex
    .withRecursive('opened', ['held', 'tier'], (cte) => {
      void cte
        .select(grantTier, grantTier)
        .from(`${sqlTable(strapi, UID.grant)} as g`)
        .join(`${sqlTable(strapi, UID.member)} as m`, 'm.id', grantMember)
        .where(column, '')
        .whereNotNull(grantTier)
        .union((next) => {
          void next
            .select('opened.held', `i.${includes.to}`)
            .from('opened')
            .join(`${includes.name} as i`, `i.${includes.from}`, 'opened.tier');
        });
    })
    .select({
      member_id: 'm.id',
      member_document_id: 'm.document_id',
      suspended_at: 'm.suspended_at',
      grant_id: 'g.id',
      grant_document_id: 'g.document_id',
      source: 'g.source',
      starts_at: 'g.starts_at',
      ends_at: 'g.ends_at',
      revoked_at: 'g.revoked_at',
      tier_document_id: 'held.document_id',
      tier_name: 'held.name',
      tier_slug: 'held.slug',
      tier_kind: 'held.kind',
      opens: 'also.document_id',
    })
    .from(`${sqlTable(strapi, UID.member)} as m`)
    .leftJoin(`${sqlTable(strapi, UID.grant)} as g`, grantMember, 'm.id')
    .leftJoin(`${sqlTable(strapi, UID.tier)} as held`, 'held.id', grantTier)
    .leftJoin('opened', 'opened.held', 'held.id')
    .leftJoin(`${sqlTable(strapi, UID.tier)} as also`, 'also.id', 'opened.tier')
    .where(column, '')
    .orderBy('g.id');
});

/** The member and every grant of theirs, past ones too, each with the tiers it opens: one statement. */
export const findHoldings = async (strapi: Core.Strapi, owner: Owner): Promise<Holdings> => {
  const rows =
    'userId' in owner
      ? await holdingsOf(strapi, 'user', [owner.userId, owner.userId])
      : await holdingsOf(strapi, 'document', [owner.memberDocumentId, owner.memberDocumentId]);
  const [first] = rows;
  if (!first) return NO_HOLDINGS;

  const grants = new Map<string, Holding & { opens: string[] }>();
  for (const row of rows) {
    const id = columnText(row.grant_id);
    if (id === null) continue;
    const grant = grants.get(id) ?? { ...grantOf(row), opens: [] };
    const opens = columnText(row.opens);
    if (opens !== null) grant.opens.push(opens);
    grants.set(id, grant);
  }
  return {
    member: { id: Number(first.member_id), documentId: columnText(first.member_document_id) ?? '' },
    suspended: columnText(first.suspended_at) !== null,
    grants: [...grants.values()],
  };
};
