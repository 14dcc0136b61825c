import { bootGateSite, documentsOf, type GateSite } from '../integration/gate-support';
import { tickReads } from './permissions';
import { circleOf, HUNTED, type Circle } from './rules';
import { readSchema, type Schema } from './schema';
import { addFile, seed, type Document } from './seed';
import { changeFileRows, changeSecrets } from './secrets';
import { makeParts, type Swap } from './swap';
import { canary, type Owner } from './values';

/** What is changed: what entries hold, or the files of their protected media too. */
export type Extent = 'content' | 'everything';

/** A booted site, full of secrets, that can change them all at once. */
export interface HuntSite extends GateSite {
  schema: Schema;
  documents: readonly Document[];
  /** The change of everything that a circle may not read. */
  swapFor: (circle: Circle, extent: Extent) => Swap;
  /** Values that are changed for the circle that reads least. */
  secrets: number;
}

const VERSIONS = ['live', 'draft'] as const;

/** The hunt has entries of its own; what the tests of the gate read is in its way. */
const clear = async (site: GateSite, schema: Schema): Promise<void> => {
  for (const model of schema.own.filter((one) => schema.isGated(one))) {
    const rows: { documentId: string }[] = await site.strapi.db.query(model.uid).findMany();
    for (const documentId of new Set(rows.map((row) => row.documentId))) {
      await documentsOf(site.strapi, model.uid).delete({ documentId, locale: '*' });
    }
  }
};

const fill = async (site: GateSite): Promise<HuntSite> => {
  const { strapi } = site;
  const schema = readSchema(strapi);
  const viewers = await tickReads(site, schema);
  await clear(site, schema);
  const documents = await seed(site, schema);
  const spare: number[] = [];
  for (let n = 1; n < 4; n += 1) {
    spare.push(await addFile(strapi, canary({ rule: 'orphan', version: 'shared' }, 900_000 + n)));
  }
  const admins: { id: number }[] = await strapi.db.query('admin::user').findMany();

  const rules = new Map(documents.map(({ documentId, rule }) => [documentId, rule ?? undefined]));
  const ruleOf = (documentId: string) => rules.get(documentId);
  const work = { strapi, schema, spare, admins: admins.map(({ id }) => id) };
  const secrets = HUNTED.flatMap(({ name }) =>
    VERSIONS.flatMap((version) =>
      [false, true].map((media) => ({ owner: { rule: name, version }, media }))
    )
  );
  const { parts, swapOf } = await makeParts(
    strapi,
    secrets.map(({ owner, media }) => async () => {
      await changeSecrets({ ...work, media }, owner, ruleOf);
      if (media && owner.version === 'live') await changeFileRows({ ...work, media }, owner.rule);
    })
  );

  const isSecret = (circle: Circle, { rule, version }: Owner) =>
    !circle.readsAll && (version === 'draft' || !circle.reads(rule));
  const swapFor = (circle: Circle, extent: Extent): Swap =>
    swapOf(
      parts.filter((_, at) => {
        const secret = secrets[at];
        return (
          secret && isSecret(circle, secret.owner) && (extent === 'everything' || !secret.media)
        );
      })
    );
  return {
    ...site,
    viewers,
    schema,
    documents,
    swapFor,
    secrets: swapFor(circleOf('visitor'), 'everything').size,
  };
};

export const bootHuntSite = async (gated: boolean): Promise<HuntSite> => {
  const site = await bootGateSite(gated ? {} : { options: { access: { enabled: false } } });
  // A connection that the site closes just as a question takes it is no answer.
  site.strapi.server.httpServer.keepAliveTimeout = 0;
  try {
    return await fill(site);
  } catch (error) {
    await site.stop();
    throw error;
  }
};
