/** A JSON body of the control door. */
export type Given = Record<string, unknown>;

export function number(given: Given, name: string): number | undefined {
  const value = given[name];
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

export function text(given: Given, name: string): string | undefined {
  const value = given[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}
