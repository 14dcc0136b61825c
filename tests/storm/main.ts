import type { Difference } from './compare';
import { HELP, readSettings, type Settings } from './settings';
import { runStorm, type Outcome } from './storm';

const SHOWN = 20;

const nameOf = ({ members, months, database, instances, sabotage }: Settings): string =>
  [
    `${members} members, ${months} months, ${database}`,
    instances > 1 ? `${instances} instances` : null,
    sabotage ? `without its ${sabotage}` : null,
  ]
    .filter(Boolean)
    .join(', ');

const show = (differences: readonly Difference[]): void => {
  for (const { of, id, field, expected, found } of differences.slice(0, SHOWN)) {
    console.log(`  ${of} ${id} ${field}: ${JSON.stringify(expected)} but ${JSON.stringify(found)}`);
  }
  if (differences.length > SHOWN) console.log(`  … and ${differences.length - SHOWN} more`);
};

/** Why a storm falls short; a control run must, for it has been sabotaged. */
const faultsOf = ({ after, unexplained, figures, deeds, settings }: Outcome): string[] => {
  if (settings.sabotage) return after.length > 0 ? [] : ['found nothing wrong, and something is'];
  return [
    after.length > 0 ? `${after.length} differences` : '',
    unexplained.differences.length > 0
      ? `${unexplained.differences.length} differences that no loss accounts for`
      : '',
    unexplained.repaired.length > 0
      ? `${unexplained.repaired.length} keys repaired that no loss accounts for`
      : '',
    figures.violations ? 'the simulator has drifted from the library’s types' : '',
    (deeds.join ?? 0) < settings.members / 2 ? 'too few joined' : '',
    figures.kills ? '' : 'nothing was killed',
    figures.dropped ? '' : 'nothing was dropped',
  ].filter(Boolean);
};

const report = (outcome: Outcome): boolean => {
  const { settings, figures, deeds, after, unexplained } = outcome;
  const faults = faultsOf(outcome);
  if (!settings.sabotage) {
    show(after);
    show(unexplained.differences);
    for (const key of unexplained.repaired) console.log(`  repaired for nothing: ${key}`);
  }
  const list = (values: Record<string, number>) =>
    Object.entries(values)
      .map(([name, value]) => `${name} ${value}`)
      .join(', ');
  const passed = settings.sabotage ? `found out: ${after.length} differences` : 'passed';
  console.log(`storm: ${nameOf(settings)}: ${faults.length === 0 ? passed : faults.join('; ')}`);
  console.log(`  done: ${list(deeds)}`);
  console.log(`  ${list(figures)}`);
  console.log(`  seed: STORM_SEED=${settings.seed}`);
  return faults.length === 0;
};

const main = async (): Promise<void> => {
  const storms = readSettings(process.argv.slice(2));
  if (!storms) {
    console.log(HELP);
    return;
  }
  const passed: boolean[] = [];
  for (const settings of storms) {
    console.log(`\n${nameOf(settings)}, STORM_SEED=${settings.seed}`);
    passed.push(report(await runStorm(settings, (line) => console.log(`  ${line}`))));
  }
  const failed = passed.filter((one) => !one).length;
  console.log(`\n${passed.length - failed} passed, ${failed} failed`);
  process.exit(failed > 0 ? 1 : 0);
};

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
