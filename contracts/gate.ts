import type { Visibility } from './access';
import type { IsoDate, One } from './common';

/**
 * What the gate makes of a field: `always` are titles and uids, `private` never leaves Strapi's
 * content API anyway.
 */
export type FieldAccess = 'protected' | 'teaser' | 'always' | 'private';

export interface GateField {
  name: string;
  /** Strapi's attribute type, e.g. `richtext`. */
  type: string;
  access: FieldAccess;
  /** Takes a paywall marker: what is above it is free. */
  paywall: boolean;
}

export type ContentKind = 'collectionType' | 'singleType';

/** Where a type's default rule is said; `nothing`: nowhere, and then it is `public`. */
export type DefaultSource = 'schema' | 'options' | 'nothing';

export interface GatedTypeReport {
  uid: string;
  displayName: string;
  kind: ContentKind;
  defaultVisibility: Visibility;
  defaultFrom: DefaultSource;
  /** Documents, each counted once, whatever its languages and versions. */
  entries: number;
  /** How many of them have a rule of their own, by its visibility. */
  rules: Record<Visibility, number>;
  fields: GateField[];
  /** The address of an entry that is locked to visitors, to try; null when there is none. */
  lockedUrl: string | null;
}

export interface OpenTypeReport {
  uid: string;
  displayName: string;
  kind: ContentKind;
  /** Rules kept from a time when the type was gated. */
  rules: number;
}

/** `GET /memberships/gate`: which types and fields are gated, and how. */
export interface GateReport {
  /** The option `access.enabled`. */
  enabled: boolean;
  /** What a type without a default of its own asks for. */
  defaultVisibility: Visibility;
  /** The Content-Type Builder can be used: the site runs in development mode. */
  developing: boolean;
  types: GatedTypeReport[];
  open: OpenTypeReport[];
}

export type GateResponse = One<GateReport>;

export type Door = 'list' | 'single' | 'graphql';

/** A protected value that a visitor was given. */
export interface Leak {
  uid: string;
  documentId: string;
  key: string;
}

/**
 * `clean`: the door answered and nothing protected came out; `leaks`: something did; `closed`:
 * visitors may not use the door (401, 403, 404); `failed`: it could not be asked.
 */
export type DoorOutcome = 'clean' | 'leaks' | 'closed' | 'failed';

export interface DoorCheck {
  door: Door;
  /** What was asked for, e.g. `GET /api/articles?populate=*`. */
  request: string;
  outcome: DoorOutcome;
  leaks: Leak[];
  /** Why it failed, or the status of a closed door. */
  message: string | null;
}

export interface TypeCheck {
  uid: string;
  displayName: string;
  /** How many locked entries were asked for. */
  entries: number;
  /** Empty when no entry of the type is locked to visitors: there is nothing to check. */
  doors: DoorCheck[];
}

/** `POST /memberships/gate/check`: what a visitor was given by this very site. */
export interface GateCheck {
  checkedAt: IsoDate;
  types: TypeCheck[];
}

export type GateCheckResponse = One<GateCheck>;
