import { parseArgs } from 'node:util';

export const SABOTAGES = ['index', 'refetch'] as const;

/** What a control run takes away: then the storm must find something wrong. */
export type Sabotage = (typeof SABOTAGES)[number];

export interface Settings {
  seed: number;
  members: number;
  months: number;
  /** `sqlite`, `postgres` or `mysql`. */
  database: string;
  /** Sites on that one database, behind one address. */
  instances: number;
  /** How many times rarer members act than in a storm of months. */
  leisure: number;
  sabotage: Sabotage | null;
}

export const HELP = `npm run test:storm                  80 members, 6 months, SQLite; then both control runs
npm run test:storm -- --ci           and three instances on PostgreSQL, and MariaDB, smaller
npm run test:storm -- --big          500 members, 18 months, in which they act a third as often
npm run test:storm -- --control      the control runs alone: sabotaged, the storm must fail

Also by the environment: STORM_SEED repeats a storm, STORM_MEMBERS, STORM_MONTHS,
STORM_DATABASE (sqlite, postgres, mysql), STORM_INSTANCES, STORM_LEISURE and STORM_SABOTAGE (${SABOTAGES.join(', ')})
make one of their own. Figures come last; exits 1 when one storm falls short.`;

const number = (name: string, fallback: number): number => {
  const value = Number(process.env[name] || fallback);
  if (!Number.isInteger(value) || value < 1) throw new Error(`${name} must be a number`);
  return value;
};

const sabotageOf = (value: string | undefined): Sabotage | null => {
  if (!value) return null;
  const found = SABOTAGES.find((name) => name === value);
  if (!found) throw new Error(`STORM_SABOTAGE must be one of ${SABOTAGES.join(', ')}`);
  return found;
};

const storm = (given: Partial<Settings>): Settings => ({
  seed: number('STORM_SEED', Date.now() % 2 ** 31 || 1),
  members: number('STORM_MEMBERS', given.members ?? 80),
  months: number('STORM_MONTHS', given.months ?? 6),
  database: process.env.STORM_DATABASE || (given.database ?? 'sqlite'),
  instances: number('STORM_INSTANCES', given.instances ?? 1),
  leisure: number('STORM_LEISURE', given.leisure ?? 1),
  sabotage: sabotageOf(process.env.STORM_SABOTAGE) ?? given.sabotage ?? null,
});

// A payload that comes late does harm only when nothing comes after it: that takes some life.
const CONTROLS: Partial<Settings>[] = [
  { members: 8, months: 1, sabotage: 'index' },
  { members: 24, months: 3, sabotage: 'refetch' },
];

const OWN = ['MEMBERS', 'MONTHS', 'DATABASE', 'INSTANCES', 'LEISURE', 'SABOTAGE'];

/** The storms that the command line and the environment ask for; null: an explanation. */
export const readSettings = (args: string[]): Settings[] | null => {
  const { values } = parseArgs({
    args,
    options: {
      ci: { type: 'boolean', default: false },
      big: { type: 'boolean', default: false },
      control: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return null;
  if (values.control) return CONTROLS.map(storm);
  if (values.big) return [storm({ members: 500, months: 18, leisure: 3 })];
  if (OWN.some((name) => process.env[`STORM_${name}`])) return [storm({})];
  const servers = [
    { members: 24, months: 3, database: 'postgres', instances: 3 },
    { members: 24, months: 3, database: 'mysql' },
  ];
  return [{}, ...(values.ci ? servers : []), ...CONTROLS].map(storm);
};
