import { type ViewerName } from '../integration/gate-support';

/** Whoever asks, by the names of the site's viewers, with a heading for the table. */
export interface Viewer {
  name: ViewerName;
  heading: string;
}

export const VIEWERS: readonly Viewer[] = [
  { name: 'visitor', heading: 'visitor' },
  { name: 'signedIn', heading: 'no row' },
  { name: 'free', heading: 'free' },
  { name: 'silver', heading: 'lower' },
  { name: 'gold', heading: 'right' },
  { name: 'expired', heading: 'expired' },
  { name: 'suspended', heading: 'suspend' },
  { name: 'staff', heading: 'staff' },
  { name: 'readOnlyToken', heading: 't:read' },
  { name: 'customToken', heading: 't:custom' },
  { name: 'fullToken', heading: 't:full' },
  { name: 'readAllToken', heading: 't:all' },
];

/** Who reads everything, drafts too, and may ask about it. */
const READ_ALL: readonly ViewerName[] = ['staff', 'fullToken', 'readAllToken'];

export const readsAll = (viewer: ViewerName): boolean => READ_ALL.includes(viewer);

/** Who asks in the control run: every row that is closed to anybody is closed to these. */
export const CONTROL = VIEWERS.filter(({ name }) =>
  ['visitor', 'suspended', 'customToken'].includes(name)
);
