import { RULES, type Rule } from '../leaks/rules';
import { readsAll, VIEWERS } from '../leaks/viewers';
import { type ViewerName } from '../integration/gate-support';

/** An entry of every gated type for each of these: enough to tell the viewers apart. */
const NAMES = ['public', 'members', 'paid', 'free', 'silver', 'gold', 'orphan', 'opens', 'drips'];

export const HUNTED: readonly Rule[] = RULES.filter(({ name }) => NAMES.includes(name));

/** Whoever may read the same, together: what is secret is changed for all of them at once. */
export interface Circle {
  name: string;
  viewers: readonly ViewerName[];
  readsAll: boolean;
  reads(rule: string): boolean;
}

const readersOf = (rule: string): readonly ViewerName[] =>
  RULES.find(({ name }) => name === rule)?.readers ?? [];

const mayRead = (viewer: ViewerName, rule: string): boolean =>
  readsAll(viewer) || readersOf(rule).includes(viewer);

const circles = (): readonly Circle[] => {
  const alike = new Map<string, ViewerName[]>();
  for (const { name } of VIEWERS) {
    const reads = HUNTED.filter((rule) => mayRead(name, rule.name)).map((rule) => rule.name);
    const key = `${readsAll(name)} ${reads.join(' ')}`;
    alike.set(key, [...(alike.get(key) ?? []), name]);
  }
  return [...alike.values()].map((viewers) => ({
    name: viewers.join(', '),
    viewers,
    readsAll: viewers.every(readsAll),
    reads: (rule) => viewers.every((viewer) => mayRead(viewer, rule)),
  }));
};

export const CIRCLES = circles();

export const circleOf = (viewer: ViewerName): Circle => {
  const circle = CIRCLES.find(({ viewers }) => viewers.includes(viewer));
  if (!circle) throw new Error(`${viewer} is in no circle`);
  return circle;
};
