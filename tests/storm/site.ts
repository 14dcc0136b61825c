import { createStrapi, type Core } from '@strapi/strapi';
import { HIDDEN_UID, UID } from '../../server/src/constants';
import { getService } from '../../server/src/get-service';
import { SITE } from '../../scripts/demo/paths';
import { readClock } from './clock-file';
import type { Asked, FromSite, Question } from './protocol';

/** A site of the storm, in a process of its own: it can be killed at any moment. */
const tell = (message: FromSite): void => void process.send?.(message);

const pause = (milliseconds: number) =>
  new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

/** Compares everything, as an admin does, and repairs what differs. @returns its keys */
const reconcile = async (strapi: Core.Strapi): Promise<string[]> => {
  const { reconcile: billing } = getService(strapi, 'billing');
  const background = getService(strapi, 'background');
  const { id } = await billing.start(null);
  const look = async () => {
    background.wake();
    await background.idle();
    await pause(100);
    return billing.report({ page: 1, pageSize: 100_000 });
  };
  let report = await look();
  while (report?.run.status === 'running') report = await look();
  if (report?.run.status !== 'done') throw new Error(`Reconcile: ${report?.run.error}`);
  await billing.apply(id);
  background.wake();
  await background.idle();
  return report.differences.data.map(({ key }) => key);
};

const answer = async (strapi: Core.Strapi, question: Question): Promise<unknown> => {
  const background = getService(strapi, 'background');
  switch (question.ask) {
    case 'idle':
      background.wake();
      await background.idle();
      return null;
    case 'pending':
      return strapi.db.query(HIDDEN_UID.inbox).count({ where: { status: 'pending' } });
    case 'rows':
      return strapi.db
        .query(question.uid)
        .findMany({ populate: question.populate, orderBy: { id: 'asc' } });
    case 'create': {
      const documents = strapi.documents(UID[question.what]);
      const { documentId } = await documents.create({ data: question.data });
      await background.idle();
      return documentId;
    }
    case 'sql':
      await strapi.db.connection.raw(question.statement);
      return null;
    case 'reconcile':
      return reconcile(strapi);
  }
};

/**
 * What a killed process wrote, the system still has: only a power cut needs the disk, and waiting for it
 * took a fifth of a storm. The journal stays in a file, or a kill would tear what it interrupts.
 */
const waitForNoDisk = (
  connection: { pragma(statement: string): unknown },
  done: (error: Error | null, connection: unknown) => void
): void => {
  connection.pragma('synchronous = OFF');
  done(null, connection);
};

const boot = async (): Promise<void> => {
  const { STORM_CLOCK = '' } = process.env;
  Reflect.set(globalThis, Symbol.for('memberships.site'), { clock: readClock(STORM_CLOCK) });
  process.chdir(SITE);
  const created = createStrapi({
    appDir: SITE,
    distDir: SITE,
    serveAdminPanel: false,
    autoReload: false,
  });
  if (process.env.DATABASE_CLIENT === 'sqlite') {
    created.config.set('database.connection.pool', { afterCreate: waitForNoDisk });
  }
  const strapi = await created.load();
  strapi.server.mount();
  const { httpServer } = strapi.server;
  await new Promise<void>((resolve) => {
    httpServer.listen(0, '127.0.0.1', resolve);
  });
  const address = httpServer.address();
  if (address === null || typeof address === 'string') throw new Error('the site does not listen');
  process.on('message', ({ id, ...question }: Asked) => {
    answer(strapi, question).then(
      (value) => tell({ id, answer: value ?? null }),
      (error: unknown) => tell({ id, error: String(error) })
    );
  });
  tell({ port: address.port });
};

// Without the storm there is nobody to answer.
process.on('disconnect', () => process.exit(0));

boot().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
