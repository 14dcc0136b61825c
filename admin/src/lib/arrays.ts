/** Copies with one thing changed; the newest array methods are not in every browser Strapi supports. */
export const without = <T>(list: readonly T[], index: number): T[] =>
  list.filter((_, position) => position !== index);

export const replaced = <T>(list: readonly T[], index: number, value: T): T[] =>
  list.map((old, position) => (position === index ? value : old));

export const moved = <T>(list: readonly T[], from: number, to: number): T[] => {
  const rest = without(list, from);
  return [...rest.slice(0, to), ...list.slice(from, from + 1), ...rest.slice(to)];
};
