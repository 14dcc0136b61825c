import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { Core } from '@strapi/strapi';
import type { Progress, SiteMessage, SiteOrder } from './protocol';
import { openSite, serviceOf, type Background, type Billing } from './site';

/** Of this process alone: what `resourceUsage` tells begins at the size of whoever forked it. */
const peakMb = (): number => {
  const [, kilobytes] =
    /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
  if (kilobytes === undefined) throw new Error('/proc/self/status does not tell the peak');
  return Number(kilobytes) / 1024;
};

/** The site that walks, in a process of its own, which the bench kills. */
const tell = (message: SiteMessage): void => void process.send?.(message);

const progressOf = async (strapi: Core.Strapi): Promise<Progress> => {
  const run: Omit<Progress, 'kind' | 'peak'> | null = await strapi.db
    .query('plugin::memberships.run')
    .findOne({ where: {}, orderBy: { id: 'desc' } });
  return {
    kind: 'progress',
    status: run?.status ?? 'none',
    phase: run?.phase ?? null,
    done: run?.done ?? 0,
    differences: run?.differences ?? 0,
    peak: peakMb(),
  };
};

const main = async (): Promise<void> => {
  const site = await openSite();
  const { strapi } = site;
  const background = serviceOf<Background>(strapi, 'background');
  process.on('message', (order: SiteOrder) => {
    if (order.kind === 'stop') void site.stop().then(() => process.exit(0));
    else {
      void serviceOf<Billing>(strapi, 'billing')
        .reconcile.start(null)
        .then(() => background.wake());
    }
  });
  process.on('disconnect', () => process.exit(0));
  tell({ kind: 'ready' });
  for (;;) {
    tell(await progressOf(strapi));
    await pause(200);
  }
};

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
