import { type ViewerName } from '../integration/gate-support';
import { judgeAnswer, judgeQuestion, type Asked, type Cell } from './cells';
import { bootLeakSite, changeCanaries, type LeakSite } from './content';
import { each } from '../support/each';
import { ANSWERS, QUESTIONS, WRITTEN, type AnswerDoor, type Request } from './doors';
import { ASKED, type Kind } from './rules';
import { type Viewer } from './viewers';

/** Status and text of an answer, asked over HTTP; asked once, however often it is wanted. */
type Ask = (viewer: ViewerName, request: Request) => Promise<string>;

const createAsk = (site: LeakSite): Ask => {
  const asked = new Map<string, Promise<string>>();
  const send = async (viewer: ViewerName, request: Request): Promise<string> => {
    const { token } = site.viewers[viewer];
    const headers = {
      'content-type': 'application/json',
      ...(token ? { authorization: `Bearer ${token}` } : {}),
    };
    const answer =
      'path' in request
        ? await fetch(
            new URL(request.path, site.url),
            request.put ? { method: 'PUT', headers, body: '{"data":{}}' } : { headers }
          )
        : await fetch(new URL('/graphql', site.url), {
            method: 'POST',
            headers,
            body: JSON.stringify({ query: request.graphql }),
          });
    return `${answer.status} ${await answer.text()}`;
  };
  return (viewer, request) => {
    const key = JSON.stringify([viewer, request]);
    const known = asked.get(key) ?? send(viewer, request);
    asked.set(key, known);
    return known;
  };
};

const times = <T>(viewers: readonly Viewer[], items: readonly T[]) =>
  viewers.flatMap(({ name }) => items.map((item) => ({ viewer: name, item })));

const askQuestions = async (site: LeakSite, viewers: readonly Viewer[]): Promise<Cell[]> => {
  const ask = createAsk(site);
  const targets = (kind: Kind) =>
    site.targets[kind].filter(({ rule }) => ASKED.includes(rule.name));
  const cells = QUESTIONS.flatMap((door) =>
    times(viewers, targets(door.kind)).map((cell) => ({ ...cell, door }))
  );
  return each(cells, async ({ door, viewer, item: target }) => {
    const [right, wrong] = door.ask(target);
    const answers = [await ask(viewer, right), await ask(viewer, wrong)] as const;
    return judgeQuestion(door.name, { viewer, rule: target.rule, request: right, answers });
  });
};

/** Every answer before every canary was changed in the database, and after. */
const askAnswers = async (
  site: LeakSite,
  viewers: readonly Viewer[],
  doors: readonly AnswerDoor[]
): Promise<Cell[]> => {
  const cells = doors.flatMap((door) =>
    times(
      viewers.filter(({ name }) => door.viewers?.includes(name) ?? true),
      site.targets[door.kind]
    ).map((cell) => ({ ...cell, door }))
  );
  const pass = (ask: Ask) => each(cells, ({ door, viewer, item }) => ask(viewer, door.ask(item)));
  const before = await pass(createAsk(site));
  if ((await changeCanaries(site)) === 0) throw new Error('no canary was changed');
  const after = await pass(createAsk(site));
  return cells.map(({ door, viewer, item: target }, index) => {
    const asked: Asked = {
      viewer,
      rule: target.rule,
      request: door.ask(target),
      answers: [before[index] ?? '', after[index] ?? ''],
    };
    return judgeAnswer(door, asked);
  });
};

export interface Run {
  cells: Cell[];
  seconds: number;
}

interface RunOptions {
  gated: boolean;
  viewers: readonly Viewer[];
}

/** Asks every cell of a site of its own, with the gate or without. */
export const runMatrix = async ({ gated, viewers }: RunOptions): Promise<Run> => {
  const started = performance.now();
  const site = await bootLeakSite(gated);
  try {
    const questions = await askQuestions(site, viewers);
    const answers = await askAnswers(site, viewers, ANSWERS);
    const written = await askAnswers(site, viewers, WRITTEN);
    const cells = [...answers, ...written, ...questions];
    return { cells, seconds: (performance.now() - started) / 1000 };
  } finally {
    await site.stop();
  }
};
