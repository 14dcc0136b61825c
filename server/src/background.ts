import type { Core } from '@strapi/strapi';
import { now } from './config';
import { UID, USER_UID } from './constants';
import { getService } from './get-service';
import { property } from './strapi-services';
import { afterCommit, ensureMember, forgetDeliveries, forgetLeases, type UserRow } from './store';

type NewUser = Pick<UserRow, 'id' | 'email' | 'username'>;

/** A lifecycle's `result` is untyped; what is not a whole user is left to `ensureMember` later. */
const readUser = (result: unknown): NewUser | null => {
  const id = property(result, 'id');
  const email = property(result, 'email');
  const username = property(result, 'username');
  return typeof id === 'number' && typeof email === 'string' && typeof username === 'string'
    ? { id, email, username }
    : null;
};

/** How often every instance looks for due work by itself. Machine milliseconds: a heartbeat, not a now. */
const HEARTBEAT_MS = 5_000;

/** How often what is long done is forgotten, and after how long. Milliseconds of the site's clock. */
const DAY_MS = 86_400_000;
const FORGET_EVERY = DAY_MS;
const DELIVERIES_KEPT = 90 * DAY_MS;
const LEASES_KEPT = 7 * DAY_MS;

export interface Background {
  start(): void;
  /** There is something to do: a round now, or another after the one that runs. */
  wake(): void;
  /** Lets something that was begun elsewhere end before the site stops; a failure is logged. */
  follow(what: string, begun: Promise<unknown>): void;
  /** Resolves when the work that was due is done. */
  idle(): Promise<void>;
  stop(): Promise<void>;
}

const describe = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

/**
 * What runs without a request: the catalogue's pushes, the inbox, the mails. Each claims its work in
 * the database, so that any number of instances may run it; nothing here decides anything.
 */
export const createBackground = ({ strapi }: { strapi: Core.Strapi }): Background => {
  let timer: NodeJS.Timeout | null = null;
  let round: Promise<void> | null = null;
  let again = false;
  let stopped = false;

  const followed = new Set<Promise<void>>();

  /** Why something failed the last time: a heartbeat that fails the same way is no news. */
  const told = new Map<string, string>();

  const attempt = async (what: string, work: () => Promise<void>): Promise<void> => {
    try {
      await work();
      told.delete(what);
    } catch (error) {
      // What failed is still due in the database; the next heartbeat tries again.
      if (getService(strapi, 'billing').stripe.outage.explains(error)) return;
      const reason = describe(error);
      if (told.get(what) === reason) return;
      told.set(what, reason);
      strapi.log.warn(`memberships: ${what} will be tried again: ${reason}`);
    }
  };

  // Every instance does it, and it does no harm twice: nothing hangs on this note.
  let forgotten = 0;

  const forget = async (): Promise<void> => {
    const at = now(strapi);
    if (Math.abs(at - forgotten) < FORGET_EVERY) return;
    await forgetDeliveries(strapi, at - DELIVERIES_KEPT);
    await forgetLeases(strapi, at - LEASES_KEPT);
    forgotten = at;
  };

  // Said once a process: the Health page says it for as long as it is so.
  let warned = false;

  /** Whether this is where the database is at home; on a copy nothing is mailed or pushed. */
  const isAtHome = async (): Promise<boolean> => {
    const { confirmed, before } = await getService(strapi, 'billing').stripe.site();
    if (!confirmed && !warned) {
      strapi.log.warn(
        `memberships: this database is at home at ${before.url ?? before.account ?? 'another site'}: nothing is sold or mailed here until an admin confirms the site`
      );
    }
    warned = !confirmed;
    return confirmed;
  };

  const follow = (what: string, begun: Promise<unknown>): void => {
    const ending = attempt(what, async () => void (await begun)).finally(() => {
      followed.delete(ending);
    });
    followed.add(ending);
  };

  const aside = new Set<string>();

  /** Begins what takes minutes and more, unless it is under way: the inbox does not wait for it. */
  const begin = (what: string, work: () => Promise<void>): void => {
    if (aside.has(what)) return;
    aside.add(what);
    follow(
      what,
      work().finally(() => aside.delete(what))
    );
  };

  const work = async (): Promise<void> => {
    const { stripe, catalogue, worker, reconcile, testGrants } = getService(strapi, 'billing');
    const outbox = getService(strapi, 'outbox');
    while (again && !stopped) {
      again = false;
      // Fetched first: the inbox asks for the account, which says more of where this is.
      if (stripe.configured) {
        await attempt('what was bought with test money', () => testGrants.end());
        begin('the events that nobody delivered', async () => {
          if (await reconcile.poll()) wake();
        });
        await attempt('the inbox', () => worker.run());
        begin('the comparison with Stripe', () => reconcile.walk(wake));
      }
      await attempt('the site', async () => {
        if (!(await isAtHome())) return;
        if (stripe.configured) await attempt('the catalogue', () => catalogue.run());
        await attempt('the mails', () => outbox.run());
      });
      await attempt('what is long done', forget);
      await attempt('the permissions', () => getService(strapi, 'ticked').remember());
    }
  };

  const wake = (): void => {
    if (stopped) return;
    again = true;
    round ??= work().finally(() => {
      round = null;
      // Woken between the last look and here.
      if (again) wake();
    });
  };

  return {
    start() {
      timer = setInterval(wake, HEARTBEAT_MS);
      timer.unref();
      wake();
    },
    wake,
    follow,
    async idle() {
      while (round || followed.size > 0) await Promise.all([round, ...followed]);
    },
    async stop() {
      stopped = true;
      getService(strapi, 'billing').reconcile.halt();
      if (timer) clearInterval(timer);
      await Promise.all([round, ...followed]);
    },
  };
};

/** What somebody else writes and we answer to, whichever way they write it. */
export const listen = (strapi: Core.Strapi): void => {
  const background = getService(strapi, 'background');
  const wakeLater = () => afterCommit(strapi, () => background.wake());

  strapi.db.lifecycles.subscribe({
    models: [UID.tier, UID.price],
    afterCreate: wakeLater,
    afterUpdate: wakeLater,
  });

  // Should it fail, the member is made when the user first asks: every member route ensures one.
  const join = (user: NewUser): void =>
    background.follow(`the member of user ${user.id}`, ensureMember(strapi, user));

  strapi.db.lifecycles.subscribe({
    models: [USER_UID],
    async afterCreate({ result }) {
      const user = readUser(result);
      if (user) await afterCommit(strapi, () => join(user));
    },
  });
};
