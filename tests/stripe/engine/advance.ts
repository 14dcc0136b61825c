import { change, emit } from '../events/record';
import type { TestClock } from '../types';
import type { World } from '../world';
import type { Clock } from './clock';
import { happen } from './happenings';

/**
 * Steps the simulator's own time to `target` (ms) through everything that falls due, in order.
 * Each step first moves the clock, so that what happens is dated right; `between` is awaited
 * whenever the time has moved on, for those who want each step delivered before the next.
 */
export async function advanceTo(
  worlds: World[],
  clock: Clock,
  target: number,
  between?: () => Promise<void>
): Promise<void> {
  let last = 0;
  for (;;) {
    const next = takeEarliest(worlds, target / 1000);
    if (!next) break;
    if (between && last !== 0 && next.at > last) await between();
    last = next.at;
    clock.moveTo(next.at * 1000);
    happen(next.world, next.key);
  }
  clock.moveTo(target);
}

/** Whatever is due by now on a clock that runs by itself. */
export function catchUp(worlds: World[], clock: Clock): void {
  for (;;) {
    const next = takeEarliest(worlds, Math.floor(clock.now() / 1000));
    if (!next) return;
    happen(next.world, next.key);
  }
}

function takeEarliest(worlds: World[], limit: number) {
  const found = worlds.flatMap((world) => {
    const due = world.agendaOf(null).peekUntil(limit);
    return due ? [{ world, at: due.at, key: due.key }] : [];
  });
  const [next] = found.sort((a, b) => a.at - b.at);
  next?.world.agendaOf(null).takeUntil(limit);
  return next;
}

/** Steps one test clock to `target` (seconds) through everything that falls due on it. */
export function advanceTestClock(world: World, clock: TestClock, target: number): void {
  const { testClocks } = world.tables;
  const agenda = world.agendaOf(clock.id);
  for (;;) {
    const due = agenda.takeUntil(target);
    if (!due) break;
    const at = testClocks.get(clock.id)?.frozen_time ?? target;
    change(world, testClocks, clock.id, { frozen_time: Math.max(due.at, at) });
    happen(world, due.key);
  }
  const ready = change(world, testClocks, clock.id, {
    frozen_time: target,
    status: 'ready',
    status_details: {},
  });
  emit(world, 'test_helpers.test_clock.ready', ready);
}
