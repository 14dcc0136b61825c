import { type ViewerName } from '../integration/gate-support';
import { type AnswerDoor } from './doors';

/** Whoever has the permission to write; a read-only token never has. */
const WRITERS: readonly ViewerName[] = [
  ...(['visitor', 'signedIn', 'free', 'silver', 'gold', 'expired', 'suspended'] as const),
  ...(['staff', 'customToken', 'fullToken', 'readAllToken'] as const),
];

/** Writing nothing changes nothing, and answers the entry: not to whoever may not read it. */
export const WRITES: readonly AnswerDoor[] = [
  {
    name: 'PUT /api/letters/:id',
    kind: 'letter',
    single: true,
    viewers: WRITERS,
    shows: ['body', 'file'],
    ask: ({ documentId }) => ({
      path: `/api/letters/${documentId}?fields[0]=body&populate[attachment][fields][0]=name`,
      put: true,
    }),
  },
  {
    name: 'PUT /api/articles/:id?status=draft',
    kind: 'article',
    single: true,
    viewers: WRITERS,
    shows: ['draft'],
    staffOnly: true,
    ask: ({ documentId }) => ({
      path: `/api/articles/${documentId}?status=draft&fields[0]=body`,
      put: true,
    }),
  },
  {
    name: 'gql updateLetter',
    kind: 'letter',
    single: true,
    viewers: WRITERS,
    shows: ['body', 'file'],
    ask: ({ documentId }) => ({
      graphql: `mutation { updateLetter(documentId: "${documentId}", data: {}) { body attachment { name } } }`,
    }),
  },
];
