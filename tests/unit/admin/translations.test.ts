import en from '../../../admin/src/translations/en.json';
import fr from '../../../admin/src/translations/fr.json';
import id from '../../../admin/src/translations/id.json';

/** `{count, plural, …}` and `{tier}` → `count`, `tier`: what a message is given. */
const argumentsOf = (message: string): string[] =>
  [...new Set([...message.matchAll(/\{(\w+)\s*[,}]/g)].map(([, name]) => name ?? ''))]
    .filter((name) => name in KNOWN)
    .sort();

const KNOWN = Object.fromEntries(
  Object.values(en).flatMap((message) =>
    [...message.matchAll(/\{(\w+)(?:, plural|\})/g)].map(([, name]) => [name, true])
  )
);

describe.each([
  ['French', fr],
  ['Indonesian', id],
])('%s', (_name, messages: Record<string, string>) => {
  it('has every message, in the order of the English, and no other', () => {
    expect(Object.keys(messages)).toEqual(Object.keys(en));
  });

  it('leaves none empty and asks for the same values', () => {
    for (const [key, message] of Object.entries(en)) {
      expect([key, messages[key]?.trim()]).not.toEqual([key, '']);
      expect([key, argumentsOf(messages[key] ?? '')]).toEqual([key, argumentsOf(message)]);
    }
  });
});
