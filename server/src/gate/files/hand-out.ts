import type { Decision } from '../../domain/access';
import type { Entry, Model } from '../../strapi-types';
import type { Files } from './files';

/** What was decided, as far as it matters to files. */
export type Handed = Pick<Decision, 'granted' | 'reason'>;

/** Whether an entry is its reader's, but not everybody's: only then do its files need signatures. */
export const isPersonal = ({ granted, reason }: Handed): boolean =>
  granted && reason !== 'public' && reason !== 'open';

/**
 * An entry of a REST answer as it is handed to its reader, with the addresses of its protected media
 * signed. What everybody may read has files that everybody may fetch, at addresses that never
 * expire: a page built once and served for months keeps its pictures.
 *
 * @param draft it is one, shown to staff: it opens none of its files, so all are signed
 * @param at milliseconds
 */
export const handOut = (
  files: Files,
  entry: Entry,
  model: Model,
  decision: Decision,
  { draft, at }: { draft: boolean; at: number }
): Entry => {
  if (!files.active) return entry;
  const { places } = files;
  if (draft) return files.signEntry(entry, model, places.carriers(model.uid), at);
  return isPersonal(decision)
    ? files.signEntry(entry, model, places.protectedCarriers(model.uid), at)
    : entry;
};
