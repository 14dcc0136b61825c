import { type Answer } from './ask';
import { type Query } from './query';

/** What the questions came to: a hunt that is always refused finds nothing. */
export interface Figures {
  asked: number;
  rest: number;
  graphql: number;
  /** 200 with at least one gated entry in it; by GraphQL without errors. */
  meaningful: number;
  /** Of those, with one that is locked. */
  locked: number;
  /** Of those, with one that is open to the viewer. */
  open: number;
  /** GraphQL answers without errors. */
  clean: number;
  refused: number;
  /** 401, 403, 404. */
  elsewhere: number;
  /** 500 and above: Strapi's own. */
  broken: number;
}

export const noFigures = (): Figures => ({
  asked: 0,
  rest: 0,
  graphql: 0,
  meaningful: 0,
  locked: 0,
  open: 0,
  clean: 0,
  refused: 0,
  elsewhere: 0,
  broken: 0,
});

/** Counts one answer. */
export const count = (figures: Figures, { request }: Query, { status, text }: Answer): void => {
  figures.asked += 1;
  figures[request.by] += 1;
  const errors = request.by === 'graphql' && text.includes('"errors":[');
  if (request.by === 'graphql' && status === 200 && !errors) figures.clean += 1;
  if (status === 400 || errors) figures.refused += 1;
  else if (status >= 500) figures.broken += 1;
  else if (status >= 400) figures.elsewhere += 1;
  if (status !== 200 || errors || !/"membershipAccess":|"granted":/.test(text)) return;
  figures.meaningful += 1;
  if (text.includes('"granted":false')) figures.locked += 1;
  if (text.includes('"granted":true')) figures.open += 1;
};

const share = (part: number, whole: number): string =>
  `${part} (${Math.round((100 * part) / Math.max(whole, 1))} %)`;

/** The figures as lines. */
export const printFigures = (figures: Figures): string[] => [
  `${figures.asked} questions, each asked twice: ${figures.rest} by REST, ${figures.graphql} by GraphQL`,
  `200 with gated entries: ${share(figures.meaningful, figures.asked)}, with a locked one ${figures.locked}, with an open one ${figures.open}`,
  `GraphQL without errors: ${share(figures.clean, figures.graphql)}`,
  `refused ${share(figures.refused, figures.asked)}, not found or not permitted ${figures.elsewhere}, 500: ${figures.broken}`,
];
