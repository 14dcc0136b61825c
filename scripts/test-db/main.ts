import { spawnSync } from 'node:child_process';
import { ROOT } from '../demo/paths';

/**
 * `npm run test:db -- postgres` or `-- mysql`: everything that touches the database, on a server.
 * `DATABASE_URL` says where it is; absent, one on this machine with the servers' own defaults. Each
 * boot gets a schema (PostgreSQL) or database (MySQL, MariaDB) of its own there, dropped afterwards.
 * Further arguments go to Jest and narrow the integration tests.
 */
const KINDS = ['sqlite', 'postgres', 'mysql'];

const SUITES = [
  ['integration', '--selectProjects', 'integration'],
  ['leaks', '--config', 'jest.leaks.config.js'],
  ['hunt', '--config', 'jest.hunt.config.js'],
];

const [kind, ...more] = process.argv.slice(2);
if (kind === undefined || !KINDS.includes(kind)) {
  console.error(`Say which database: npm run test:db -- ${KINDS.join(' | ')}`);
  process.exit(2);
}

const { DATABASE_URL, ...environment } = process.env;
const env = {
  ...environment,
  TEST_DATABASE: kind,
  ...(DATABASE_URL && { TEST_DATABASE_URL: DATABASE_URL }),
};

const suites = more.length > 0 ? SUITES.slice(0, 1) : SUITES;
const failed = suites.filter(([name, ...args]) => {
  console.log(`\n=== ${kind}: ${name}`);
  const jest = ['node_modules/jest/bin/jest.js', ...args];
  if (more.length > 0) jest.push('--testPathPatterns', ...more);
  return spawnSync(process.execPath, jest, { cwd: ROOT, env, stdio: 'inherit' }).status !== 0;
});

console.log(
  failed.length === 0
    ? `\n${kind}: ${suites.map(([name]) => name).join(', ')} green`
    : `\n${kind}: failed in ${failed.map(([name]) => name).join(', ')}`
);
process.exit(failed.length === 0 ? 0 : 1);
