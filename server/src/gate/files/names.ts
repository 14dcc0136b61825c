import path from 'node:path';

/** Where Strapi's local provider keeps files, below the site's public folder. */
export const UPLOADS = 'uploads';

/** No file system holds a longer name, so nothing can be served by one. */
const LONGEST = 255;

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** Windows serves `photo.jpg.`, `photo.jpg ` and `photo.jpg::$DATA` as `photo.jpg`. */
const bare = (segment: string): string => (segment.split(':')[0] ?? '').replace(/[. ]+$/, '');

/** @param at a path with its spelling undone */
const nameAt = (at: string): string | null => {
  const [folder, ...below] = path.posix.normalize(`/${at}`).split('/').filter(Boolean);
  if (folder === undefined || bare(folder).toLowerCase() !== UPLOADS) return null;
  const name = bare(below.at(-1) ?? '');
  return name === '' || name.length > LONGEST || /[\\\0]/.test(name) ? null : name;
};

/**
 * The files below `/uploads` that a request's path leads to, in whatever spelling: `/uploads/%70…`,
 * `//uploads`, `/./`, `/x/../`, `/uploads%2f…`, `/foo/..%2fuploads/…`, backslashes, capitals. All of
 * them reach the file on some system, so a comparison of the path as it stands lets them by.
 *
 * @returns their names without folders: none for a path that leads elsewhere, two where a backslash that
 *   parts folders on one system and none on the other makes a difference
 */
export const uploadNames = (requestPath: string): readonly string[] => {
  const text = decoded(requestPath);
  const names = [text.replaceAll('\\', '/'), text].flatMap((at) => nameAt(at) ?? []);
  return [...new Set(names)];
};

/** `a.tar.gz` → `a.tar.gz`, `a.tar`, `a`: a copy compressed beforehand ends in one more. */
const stems = (name: string): string[] => {
  const shorter = path.posix.parse(name).name;
  return [name, shorter, path.posix.parse(shorter).name];
};

/**
 * The hashes a file of this name may have in the Media Library: Strapi names a file `<hash><ext>` and
 * its responsive formats `<format>_<hash><ext>`; formats are the site's to name, underscores and all.
 */
export const hashesOf = (name: string): string[] => {
  const found = new Set<string>();
  for (const stem of stems(name)) {
    const words = stem.split('_');
    words.forEach((_word, at) => found.add(words.slice(at).join('_')));
  }
  found.delete('');
  return [...found];
};
