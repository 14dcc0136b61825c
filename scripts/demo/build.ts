import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DIST, ROOT, SITE, TEMPORARY } from './paths';

interface Target {
  name: string;
  label: string;
  inputs: string[];
  /** A file that is there once it was built. */
  output: string;
  command: [string, ...string[]];
  cwd: string;
}

const STRAPI = path.join(ROOT, 'node_modules/@strapi/strapi/bin/strapi.js');
const SDK = path.join(ROOT, 'node_modules/@strapi/sdk-plugin/bin/strapi-plugin.js');

const PLUGIN: Target = {
  name: 'plugin',
  label: 'the plugin',
  inputs: [
    'server',
    'admin',
    'contracts',
    'package.json',
    'strapi-admin.ts',
    'strapi-server.ts',
  ].map((name) => path.join(ROOT, name)),
  output: path.join(DIST, 'server/index.js'),
  command: [process.execPath, SDK, 'build'],
  cwd: ROOT,
};

const ADMIN: Target = {
  name: 'admin',
  label: "the site's admin",
  inputs: [
    path.join(DIST, 'admin'),
    path.join(ROOT, 'package-lock.json'),
    ...['package.json', 'src/admin', 'config/plugins.js', 'config/admin.js'].map((name) =>
      path.join(SITE, name)
    ),
  ],
  output: path.join(SITE, 'build/index.html'),
  command: [process.execPath, STRAPI, 'build'],
  cwd: SITE,
};

const filesIn = (place: string): string[] => {
  if (!existsSync(place)) return [];
  if (!statSync(place).isDirectory()) return [place];
  return readdirSync(place)
    .sort()
    .flatMap((name) => filesIn(path.join(place, name)));
};

const hashOf = ({ inputs }: Target): string => {
  const hash = createHash('sha256');
  for (const file of inputs.flatMap(filesIn)) {
    hash.update(path.relative(ROOT, file)).update('\0').update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex');
};

const stampOf = ({ name }: Target): string => path.join(TEMPORARY, 'built', name);

const isFresh = (target: Target, hash: string): boolean => {
  const stamp = stampOf(target);
  return (
    existsSync(target.output) && existsSync(stamp) && readFileSync(stamp, 'utf8').trim() === hash
  );
};

/** Runs a build and keeps its words to itself, unless it fails. */
const run = ({ command: [program, ...args], cwd, label }: Target): Promise<void> =>
  new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd,
      env: { ...process.env, NODE_ENV: 'production', STRAPI_TELEMETRY_DISABLED: 'true' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    const listen = (chunk: Buffer) => (said += chunk.toString());
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    child.once('error', reject);
    child.once('exit', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`Building ${label} failed (exit ${code}):\n${said}`));
    });
  });

const ensure = async (target: Target, say: (line: string) => void): Promise<void> => {
  const hash = hashOf(target);
  if (isFresh(target, hash)) return;
  const started = Date.now();
  say(`Building ${target.label} …`);
  await run(target);
  mkdirSync(path.dirname(stampOf(target)), { recursive: true });
  writeFileSync(stampOf(target), `${hash}\n`);
  say(`Built ${target.label} in ${Math.round((Date.now() - started) / 1000)} s.`);
};

/** Builds what is not there or was built from other files; the admin takes most of the time. */
export const buildWhatIsStale = async (
  needs: { admin: boolean },
  say: (line: string) => void
): Promise<void> => {
  // Whoever names a folder of the plugin, its source for example, has it ready.
  if (!process.env.MEMBERSHIPS_PLUGIN) await ensure(PLUGIN, say);
  if (needs.admin) await ensure(ADMIN, say);
};
