import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { FromSite, Question } from './protocol';

/** One Strapi in a process of its own. */
export interface SiteProcess {
  /** null while it is down. */
  port(): number | null;
  /** Boots it; resolves when it listens. */
  start(): Promise<void>;
  /** Ends it as a power cut does. */
  kill(): Promise<void>;
  /** @throws Error when it is down, or dies before it answers */
  ask(question: Question): Promise<unknown>;
}

const ENTRY = path.join(__dirname, 'site.ts');
const BOOT_MS = 120_000;

interface Waiting {
  resolve: (answer: unknown) => void;
  reject: (error: Error) => void;
}

export const createSiteProcess = (env: Record<string, string | undefined>): SiteProcess => {
  let child: ChildProcess | null = null;
  let port: number | null = null;
  let number = 0;
  const waiting = new Map<number, Waiting>();

  const died = (): void => {
    child = null;
    port = null;
    for (const { reject } of waiting.values()) reject(new Error('The site is down'));
    waiting.clear();
  };

  const heard = (message: FromSite): void => {
    if ('port' in message) return;
    const asked = waiting.get(message.id);
    waiting.delete(message.id);
    if ('error' in message) asked?.reject(new Error(message.error));
    else asked?.resolve(message.answer);
  };

  return {
    port: () => port,
    async start() {
      const started = fork(ENTRY, { env: { ...process.env, ...env } });
      child = started;
      started.on('exit', died);
      started.on('message', heard);
      port = await new Promise<number>((resolve, reject) => {
        const late = setTimeout(() => reject(new Error('The site does not boot')), BOOT_MS);
        started.once('exit', (code) => reject(new Error(`The site ended with ${code}`)));
        started.on('message', (message: FromSite) => {
          if (!('port' in message)) return;
          clearTimeout(late);
          resolve(message.port);
        });
      });
    },
    async kill() {
      const victim = child;
      if (!victim) return;
      port = null;
      const gone = once(victim, 'exit');
      victim.kill('SIGKILL');
      await gone;
    },
    ask(question) {
      const asked = child;
      if (!asked || port === null) return Promise.reject(new Error('The site is down'));
      number += 1;
      const id = number;
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        asked.send({ ...question, id });
      });
    },
  };
};
