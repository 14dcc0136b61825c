import { type GateSite, type ViewerName } from '../integration/gate-support';

/** Content types of the matrix, both gated. */
export type Kind = 'article' | 'letter';

export interface Rule {
  /** Also in the canaries: letters only. */
  name: string;
  kinds: readonly Kind[];
  /** The row in the rules' table; null: none, so that the type's default holds. */
  row: null | {
    visibility: 'public' | 'members' | 'paid' | 'tiers';
    tiers?: readonly (keyof GateSite['tiers'])[];
    /** Hours from now. */
    opensIn?: number;
    dripDays?: number;
  };
  /**
   * Who reads, besides those who read everything: written down here from the contract, so that the
   * code under test has no say in what is expected of it.
   */
  readers: readonly ViewerName[];
}

const BOTH: readonly Kind[] = ['article', 'letter'];
const SIGNED_IN: readonly ViewerName[] = ['signedIn', 'free', 'silver', 'gold', 'expired'];
const PAYING: readonly ViewerName[] = ['silver', 'gold'];
const EVERYBODY: readonly ViewerName[] = [
  ...SIGNED_IN,
  'visitor',
  'suspended',
  'readOnlyToken',
  'customToken',
];

/** Every grant began 30 days ago; gold includes silver. */
export const RULES: readonly Rule[] = [
  { name: 'public', kinds: BOTH, row: { visibility: 'public' }, readers: EVERYBODY },
  { name: 'members', kinds: BOTH, row: { visibility: 'members' }, readers: SIGNED_IN },
  { name: 'paid', kinds: BOTH, row: { visibility: 'paid' }, readers: PAYING },
  {
    name: 'free',
    kinds: BOTH,
    row: { visibility: 'tiers', tiers: ['free'] },
    readers: ['free'],
  },
  {
    name: 'silver',
    kinds: BOTH,
    row: { visibility: 'tiers', tiers: ['silver'] },
    readers: PAYING,
  },
  {
    name: 'gold',
    kinds: BOTH,
    row: { visibility: 'tiers', tiers: ['gold'] },
    readers: ['gold'],
  },
  {
    name: 'either',
    kinds: BOTH,
    row: { visibility: 'tiers', tiers: ['free', 'gold', 'archived'] },
    readers: ['free', 'gold'],
  },
  { name: 'orphan', kinds: BOTH, row: { visibility: 'tiers', tiers: [] }, readers: [] },
  { name: 'opened', kinds: BOTH, row: { visibility: 'paid', opensIn: -1 }, readers: EVERYBODY },
  { name: 'opens', kinds: BOTH, row: { visibility: 'paid', opensIn: 1 }, readers: PAYING },
  { name: 'dripped', kinds: BOTH, row: { visibility: 'paid', dripDays: 30 }, readers: PAYING },
  { name: 'drips', kinds: BOTH, row: { visibility: 'paid', dripDays: 31 }, readers: [] },
  // The site has no default of its own for articles; a letter's schema says `members`.
  { name: 'unmarked', kinds: ['article'], row: null, readers: EVERYBODY },
  { name: 'standard', kinds: ['letter'], row: null, readers: SIGNED_IN },
];

/** Questions are refused whatever the rule; asked of these. */
export const ASKED: readonly string[] = ['public', 'members', 'gold'];
