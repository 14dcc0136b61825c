import type { Core } from '@strapi/strapi';
import type { SiteIdentity, SiteState } from '../../../contracts';
import { PLUGIN_ID } from '../constants';
import { RequestError } from '../errors';
import { property } from '../strapi-services';

/**
 * A database that was copied, to a staging site or a laptop, holds real members and a real catalogue.
 * The site writes down where it runs, and as long as that is not where the database was before, it
 * neither sells nor mails nor writes to Stripe, until a person says that it may.
 */
export interface SiteGuard {
  /** @param account of the Stripe key; null while it is not known */
  look(account: string | null): Promise<SiteState>;
  /** @throws RequestError 503 `site-unconfirmed` */
  assertConfirmed(account: string): Promise<void>;
  /** From now on the database belongs here. */
  confirm(account: string | null): Promise<SiteState>;
}

const textOrNull = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** `server.url` as the owner set it; a site without one is told apart by its Stripe account alone. */
const ownUrl = (strapi: Core.Strapi): string | null => {
  const url = textOrNull(strapi.config.get<unknown>('server.url'))?.trim().replace(/\/+$/, '');
  return url ? url.toLowerCase() : null;
};

const LOOPBACK = /^https?:\/\/(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?(\/|$)/;

/** A developer's machine is nobody's home: what was made there may go live anywhere. */
const isHome = (url: string | null): url is string => url !== null && !LOOPBACK.test(url);

export const createSiteGuard = (strapi: Core.Strapi): SiteGuard => {
  const store = strapi.store({ type: 'plugin', name: PLUGIN_ID, key: 'site' });

  const read = async (): Promise<SiteIdentity> => {
    const kept: unknown = await store.get({});
    return {
      url: textOrNull(property(kept, 'url')),
      account: textOrNull(property(kept, 'account')),
    };
  };

  const look = async (account: string | null): Promise<SiteState> => {
    const before = await read();
    const present = { url: ownUrl(strapi), account };
    const moved = isHome(before.url) && before.url !== present.url;
    const sold = before.account !== null && account !== null && before.account !== account;
    if (moved || sold) return { confirmed: false, present, before };
    const known = { url: present.url ?? before.url, account: account ?? before.account };
    if (known.url !== before.url || known.account !== before.account) {
      await store.set({ value: known });
    }
    return { confirmed: true, present, before: known };
  };

  return {
    look,
    async assertConfirmed(account) {
      if ((await look(account)).confirmed) return;
      throw new RequestError(
        503,
        'This database was copied from another site: nothing is sold until an admin confirms it',
        { code: 'site-unconfirmed' }
      );
    },
    async confirm(account) {
      const before = await read();
      await store.set({ value: { url: ownUrl(strapi), account: account ?? before.account } });
      return look(account);
    },
  };
};
