import type { Core } from '@strapi/strapi';
import type { GateCheck, GateReport } from '../../../contracts';
import { keepOutOfCaches } from './caches';
import { takeFirstRule } from './first-save';
import { registerFiles } from './files';
import { followDocuments } from './follow';
import { createGate, type Gate } from './gate';
import { unknownTeasers } from './gated-types';
import { gateGraphql } from './graphql';
import { guardQuestions } from './input';
import { gateRestOutput } from './output';
import { declareMembershipParam, narrowLists } from './readable';
import { reportGate } from './report';
import { narrowSearch } from './search';
import { checkGate } from './self-check';
import { createAccessService, type Access } from './service';

export { ruleInput, ruleInQuery } from './rule-input';
export type { Access, MemberRef, Standing, Who } from './service';

const gates = new WeakMap<Core.Strapi, Gate>();

/** The gate of a site: made when first asked for, once every schema is there. */
const gateOf = (strapi: Core.Strapi): Gate => {
  const gate = gates.get(strapi) ?? createGate(strapi);
  gates.set(strapi, gate);
  return gate;
};

/** Puts an adapter on every way content leaves Strapi; before routes and the GraphQL schema are made. */
export const registerGate = (strapi: Core.Strapi): void => {
  const gate = () => gateOf(strapi);
  keepOutOfCaches(strapi, gate);
  registerFiles(strapi, gate);
  declareMembershipParam(strapi, gate);
  guardQuestions(strapi, gate);
  narrowSearch(strapi, gate);
  gateRestOutput(strapi, gate);
  // Before the copying of a clone's rule, which it then replaces.
  takeFirstRule(strapi, gate);
  followDocuments(strapi);
  gateGraphql(strapi, gate);
};

/**
 * Reads the gated types while the site boots.
 *
 * @throws Error naming a type whose `pluginOptions.memberships` is wrong; the site does not start
 */
export const bootstrapGate = (strapi: Core.Strapi): void => {
  gateOf(strapi);
  narrowLists(strapi, () => gateOf(strapi));
  const unknown = unknownTeasers(Object.values(strapi.contentTypes));
  if (unknown.length > 0) {
    strapi.log.warn(`memberships: teaser names no attribute: ${unknown.join(', ')}`);
  }
};

/** The gate's own desk in the admin. */
export interface GateDesk {
  /** Which types and fields are gated, and how many entries have which rule. */
  report(): Promise<GateReport>;
  /** Asks this site as a visitor for what is locked; whoever asks meanwhile gets the same answer. */
  check(): Promise<GateCheck>;
}

/** The service `gate`. */
export const createGateDesk = ({ strapi }: { strapi: Core.Strapi }): GateDesk => {
  let running: Promise<GateCheck> | undefined;
  return {
    report: () => reportGate(strapi, gateOf(strapi)),
    check: () =>
      (running ??= checkGate(strapi, gateOf(strapi)).finally(() => {
        running = undefined;
      })),
  };
};

/** The service `access`. */
export const createAccess = ({ strapi }: { strapi: Core.Strapi }): Access =>
  createAccessService(strapi, () => gateOf(strapi));
