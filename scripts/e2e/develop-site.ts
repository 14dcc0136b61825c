import { spawn, type ChildProcess } from 'node:child_process';
import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT, SITE } from '../demo/paths';

const STRAPI = path.join(ROOT, 'node_modules/@strapi/strapi/bin/strapi.js');

/** Not copied: what a run leaves behind, and a tsconfig whose output folder Strapi would clean out. */
const LEFT_OUT = ['.tmp', '.cache', '.strapi', 'node_modules', 'types', 'tsconfig.json'];

/** A copy of the demo's site whose schemas the Content-Type Builder may write. */
export const copySite = (to: string): void => {
  cpSync(SITE, to, {
    recursive: true,
    filter: (from) => !LEFT_OUT.includes(path.relative(SITE, from)),
  });
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(to, 'node_modules'));
  const settings = path.join(to, 'config/env/development');
  mkdirSync(settings, { recursive: true });
  writeFileSync(path.join(settings, 'admin.js'), 'module.exports = { autoOpen: false };\n');
  writeFileSync(
    path.join(settings, 'typescript.js'),
    'module.exports = { autogenerate: false };\n'
  );
};

const LINES_KEPT = 60;

export interface DevelopedSite {
  stop(): Promise<void>;
}

const isUp = async (url: string): Promise<boolean> => {
  try {
    return (await fetch(`${url}/_health`, { signal: AbortSignal.timeout(2000) })).status === 204;
  } catch {
    return false;
  }
};

const stopGroup = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.pid === undefined) return resolve();
    child.once('exit', () => resolve());
    // The command is a parent that forks the server anew after each change of a schema.
    process.kill(-child.pid, 'SIGKILL');
  });

/**
 * `strapi develop` in a folder, with the admin that was built already: it restarts by itself when a
 * schema changes.
 *
 * @returns once it answers
 * @throws Error with its last words, when it stops or does not answer in time
 */
export const develop = async (
  folder: string,
  url: string,
  env: Record<string, string>,
  milliseconds = 90_000
): Promise<DevelopedSite> => {
  const args = ['develop', '--no-watch-admin', '--no-build-admin', '--no-install-deps'];
  const child = spawn(process.execPath, [STRAPI, ...args], {
    cwd: folder,
    env: { ...process.env, MEMBERSHIPS_PLUGIN: ROOT, ...env, NODE_ENV: 'development' },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said: string[] = [];
  const listen = (chunk: Buffer) => {
    said.push(chunk.toString());
    if (said.length > LINES_KEPT) said.shift();
    if (process.env.E2E_VERBOSE) process.stdout.write(chunk);
  };
  child.stdout.on('data', listen);
  child.stderr.on('data', listen);

  const deadline = performance.now() + milliseconds;
  while (!(await isUp(url))) {
    if (child.exitCode !== null || performance.now() > deadline) {
      await stopGroup(child);
      throw new Error(`strapi develop does not answer at ${url}:\n${said.join('')}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  return { stop: () => stopGroup(child) };
};
