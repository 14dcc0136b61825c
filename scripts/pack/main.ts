import { copyFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buildWhatIsStale } from '../demo/build';
import { foreignCode } from './bundle';
import { makeProject } from './project';
import { run } from './run';

const ROOT = path.resolve(__dirname, '../..');
const say = (line: string) => console.log(line);

/** The plugin as a stranger gets it: packed, installed into a fresh Strapi project, built, booted. */
const main = async (): Promise<void> => {
  const folder = mkdtempSync(path.join(tmpdir(), 'memberships-pack-'));
  try {
    await buildWhatIsStale({ admin: false }, say);
    const found = foreignCode(path.join(ROOT, 'dist'));
    if (found.length > 0) throw new Error(found.join('\n'));
    say('✓ the bundles hold no test code and no second React or Strapi');

    await run('npm', ['pack', '--ignore-scripts', '--pack-destination', folder], { cwd: ROOT });
    const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz'));
    if (!tarball) throw new Error('npm pack made no tarball');
    say(`✓ packed ${tarball}`);

    const project = path.join(folder, 'site');
    makeProject(project, path.join(folder, tarball));
    await run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline'], { cwd: project });
    say('✓ installed into a fresh Strapi project');

    const tsc = path.join(ROOT, 'node_modules/typescript/bin/tsc');
    const checked = ['--module', 'node16', '--skipLibCheck', '--strict', '--noEmit'];
    await run(process.execPath, [tsc, ...checked, 'types/site-code.ts'], { cwd: project });
    say('✓ its types serve a site’s own code');

    await run('npx', ['strapi', 'build'], { cwd: project, env: { NODE_ENV: 'production' } });
    say('✓ strapi build');

    copyFileSync(path.join(__dirname, 'smoke.js'), path.join(project, 'smoke.js'));
    const said = await run(process.execPath, ['smoke.js'], {
      cwd: project,
      env: { NODE_ENV: 'production', STRIPE_SECRET_KEY: '', STRIPE_WEBHOOK_SECRET: '' },
    });
    for (const line of said
      .split('\n')
      .filter((each) => /^(health|admin|gated|tiers|webhook)/.test(each))) {
      say(`✓ ${line}`);
    }
    say('The packed plugin works.');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
