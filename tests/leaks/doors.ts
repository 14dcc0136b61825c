import { type Part } from './canary';
import { type Target } from './content';
import { GRAPHQL_ANSWERS } from './doors-graphql';
import { REST_ANSWERS } from './doors-rest';
import { GRAPHQL_QUESTIONS } from './questions-graphql';
import { REST_QUESTIONS } from './questions-rest';
import { type ViewerName } from '../integration/gate-support';
import { type Kind } from './rules';
import { WRITES } from './writes';

/** A GET of a path, a PUT of nothing at all, or a GraphQL document. */
export type Request = { path: string; put?: true } | { graphql: string };

/** A way by which an entry leaves. */
export interface AnswerDoor {
  name: string;
  kind: Kind;
  /** What a reader who may read the entry finds behind it, all of it. */
  shows: readonly Part[];
  /** Where not even members find it: drafts are for staff. */
  staffOnly?: boolean;
  /** Asked entry by entry, not for all at once. */
  single?: boolean;
  /** Who comes to it at all; absent: everybody. */
  viewers?: readonly ViewerName[];
  /** What everybody finds there, by design. */
  free?: readonly Part[];
  ask(target: Target): Request;
}

/** A way to ask about an entry: two requests whose answers tell which of two guesses is right. */
export interface QuestionDoor {
  name: string;
  kind: Kind;
  ask(target: Target): readonly [Request, Request];
}

export const ANSWERS: readonly AnswerDoor[] = [...REST_ANSWERS, ...GRAPHQL_ANSWERS];
/** What is answered to whoever writes; asked apart, since it shows when an entry was changed. */
export const WRITTEN: readonly AnswerDoor[] = WRITES;
export const QUESTIONS: readonly QuestionDoor[] = [...REST_QUESTIONS, ...GRAPHQL_QUESTIONS];
