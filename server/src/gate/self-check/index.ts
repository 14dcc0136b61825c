import type { Core } from '@strapi/strapi';
import type { GateCheck, TypeCheck } from '../../../../contracts';
import { now } from '../../config';
import { findLocked, type LockedDocument } from '../../store/gate-report';
import type { Gate } from '../gate';
import { contentTypesOf, toLockedType, type ContentTypeModel } from '../site';
import { createAsk } from './ask';
import { checkDoors } from './doors';
import { findNeedles } from './samples';

const ENTRIES_PER_TYPE = 5;
const REQUEST_MS = 10_000;

/**
 * The site asks itself over HTTP as a visitor for locked entries of every gated type, and looks at
 * what comes out. It finds what no test of the gate can: a site's own controller, middleware or
 * plugin that goes round it. Types one after the other, so that readers are served meanwhile.
 */
export const checkGate = async (strapi: Core.Strapi, gate: Gate): Promise<GateCheck> => {
  const at = now(strapi);
  const models = contentTypesOf(strapi).filter(({ uid }) => gate.types.has(uid));
  const locked = await findLocked(
    strapi,
    models.map((model) => toLockedType(strapi, gate, model)),
    ENTRIES_PER_TYPE,
    at
  );
  const ask = createAsk(strapi, REQUEST_MS);

  const check = async (
    model: ContentTypeModel,
    documents: LockedDocument[]
  ): Promise<TypeCheck> => {
    const type = gate.types.get(model.uid);
    const needles = type ? await findNeedles(strapi, type, model, documents) : [];
    return {
      uid: model.uid,
      displayName: model.info.displayName,
      entries: documents.length,
      doors: await checkDoors(strapi, gate, ask, model, documents, needles),
    };
  };

  const types: TypeCheck[] = [];
  for (const model of models) {
    const documents = locked.filter(({ uid }) => uid === model.uid);
    types.push(
      documents.length > 0
        ? await check(model, documents)
        : { uid: model.uid, displayName: model.info.displayName, entries: 0, doors: [] }
    );
  }
  types.sort((a, b) => a.displayName.localeCompare(b.displayName));
  return { checkedAt: new Date(at).toISOString(), types };
};
