import { type ViewerName } from '../integration/gate-support';
import { type Param } from './tongue';

/** One question, by REST or GraphQL. */
export type Request =
  | { by: 'rest'; path: string; params: Record<string, Param>; lists: 'indices' | 'brackets' }
  | { by: 'graphql'; document: string; variables: Record<string, unknown> };

/** Somebody's question. */
export interface Query {
  viewer: ViewerName;
  request: Request;
}
