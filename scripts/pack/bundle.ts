import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

const filesIn = (folder: string): string[] =>
  readdirSync(folder).flatMap((name) => {
    const file = path.join(folder, name);
    return statSync(file).isDirectory() ? filesIn(file) : [file];
  });

/** What must not be inside a bundle, by a piece of text that only its source has. */
const FOREIGN: Record<string, RegExp> = {
  'a second React': /__SECRET_INTERNALS_DO_NOT_USE_OR_YOU_WILL_BE_FIRED|react\.production\.min/,
  'a second Strapi': /class Strapi extends|strapi-design-system-root/,
  'test code': /tests\/(stripe|support|site)|\bdescribe\(['"`]|\bstartStripe\b/,
};

/**
 * Reads the packed bundles for what does not belong there.
 *
 * @returns one line per thing found
 */
export const foreignCode = (dist: string): string[] =>
  filesIn(dist)
    .filter((file) => /\.m?js$/.test(file))
    .flatMap((file) => {
      const source = readFileSync(file, 'utf8');
      return Object.entries(FOREIGN)
        .filter(([, pattern]) => pattern.test(source))
        .map(([what]) => `${path.relative(dist, file)} contains ${what}`);
    });
