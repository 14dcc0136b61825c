import type { Core } from '@strapi/strapi';
import type { Door, DoorCheck, Leak } from '../../../../contracts';
import type { LockedDocument } from '../../store/gate-report';
import { property } from '../../strapi-services';
import type { Gate } from '../gate';
import { entryPath, listPath, type ContentTypeModel } from '../site';
import type { Ask, Question, SiteAnswer } from './ask';
import { graphqlQuestion } from './graphql';
import { findLeaks } from './leaks';
import type { Needle } from './samples';

const restData = (json: unknown): unknown => property(json, 'data');

/** The list of one language with the locked entries in it, and each of them alone. */
const restQuestions = (
  strapi: Core.Strapi,
  model: ContentTypeModel,
  documents: readonly LockedDocument[]
): Question[] => {
  const list = listPath(strapi, model);
  if (list === null) return [];
  const singles = documents.flatMap((document): Question[] => {
    const path = entryPath(strapi, model, document);
    return path === null ? [] : [{ door: 'single', path, dataOf: restData }];
  });
  if (model.kind === 'singleType') return singles;

  const locales = [...new Set(documents.map(({ locale }) => locale))];
  const lists = locales.map((locale): Question => {
    const query = new URLSearchParams({ populate: '*', ...(locale === null ? {} : { locale }) });
    documents
      .filter((document) => document.locale === locale)
      .forEach(({ documentId }, at) => query.set(`filters[documentId][$in][${at}]`, documentId));
    return { door: 'list', path: `${list}?${query.toString()}`, dataOf: restData };
  });
  return [...lists, ...singles];
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** GraphQL refuses with a 200 and Strapi's own name of the error. */
const isRefusal = (json: unknown): boolean => {
  const errors = property(json, 'errors');
  const first: unknown = Array.isArray(errors) ? errors[0] : undefined;
  const name = property(property(property(first, 'extensions'), 'error'), 'name');
  return name === 'ForbiddenError' || name === 'UnauthorizedError';
};

const problemOf = (json: unknown): string | null => {
  const errors = property(json, 'errors');
  const first: unknown = Array.isArray(errors) ? errors[0] : property(json, 'error');
  const message = property(first, 'message');
  return typeof message === 'string' ? message : null;
};

type Result = Omit<DoorCheck, 'door' | 'request'>;

const CLOSED = [401, 403, 404];

const resultOf = ({ status }: SiteAnswer, json: unknown, leaks: Leak[]): Result => {
  // Whatever its status: what came out came out.
  if (leaks.length > 0) return { outcome: 'leaks', leaks, message: null };
  if (CLOSED.includes(status) || isRefusal(json)) {
    return { outcome: 'closed', leaks, message: String(CLOSED.includes(status) ? status : 403) };
  }
  const problem = problemOf(json);
  if (status !== 200 || json === undefined || problem !== null) {
    return {
      outcome: 'failed',
      leaks,
      message: problem === null ? `HTTP ${status}` : `HTTP ${status}: ${problem}`,
    };
  }
  return { outcome: 'clean', leaks, message: null };
};

/** Tells which of several answers of a door to show. */
const GRAVITY: Record<DoorCheck['outcome'], number> = { leaks: 3, failed: 2, closed: 1, clean: 0 };

const worst = (checks: DoorCheck[]): DoorCheck[] => {
  const byDoor = new Map<Door, DoorCheck>();
  for (const check of checks) {
    const known = byDoor.get(check.door);
    const graver = !known || GRAVITY[check.outcome] > GRAVITY[known.outcome] ? check : known;
    byDoor.set(check.door, {
      ...graver,
      leaks: [...(known?.leaks ?? []), ...check.leaks],
    });
  }
  return [...byDoor.values()];
};

const requestOf = ({ path, body }: Question): string =>
  body ? `POST ${path} ${body.query}` : `GET ${decodeURIComponent(path)}`;

/** Asks for some locked entries of a type by each door it has, and says what came out. */
export const checkDoors = async (
  strapi: Core.Strapi,
  gate: Gate,
  ask: Ask,
  model: ContentTypeModel,
  documents: readonly LockedDocument[],
  needles: Needle[]
): Promise<DoorCheck[]> => {
  const graphql = graphqlQuestion(strapi, gate, model, documents);
  const questions = [
    ...restQuestions(strapi, model, documents),
    ...(graphql === null ? [] : [graphql]),
  ];
  const checks = await Promise.all(
    questions.map(async (question): Promise<DoorCheck> => {
      const head = { door: question.door, request: requestOf(question) };
      try {
        const answer = await ask(question.path, question.body);
        const json = parse(answer.text);
        const answered = { text: answer.text, json, data: question.dataOf(json) };
        const leaks = await findLeaks(strapi, gate, model, answered, needles);
        return { ...head, ...resultOf(answer, json, leaks) };
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        return { ...head, outcome: 'failed', leaks: [], message };
      }
    })
  );
  return worst(checks);
};
