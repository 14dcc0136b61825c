/** Whether a type is wanted: by its name, `*`, or a group such as `customer.*`. */
export function matchesType(wanted: string[], type: string): boolean {
  return wanted.some(
    (each) =>
      each === '*' || each === type || (each.endsWith('.*') && type.startsWith(each.slice(0, -1)))
  );
}
