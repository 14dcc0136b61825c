import type { Core } from '@strapi/strapi';
import type {
  GrantInput,
  GrantRow,
  Me,
  MemberDetail,
  MemberInput,
  MemberRow,
  Paged,
} from '../../../contracts';
import type { MemberQuery, UserRow } from '../store';
import { claim } from './claim';
import { findMe } from './me';
import { endGrant, giveGrant } from './grants';
import { addMember, findMemberDetail, findMembers } from './members';
import { createTiers, type Tiers } from './tiers';
import { guardCatalogue } from './tiers/documents';

export const registerMembership = (strapi: Core.Strapi): void => guardCatalogue(strapi);

type User = Pick<UserRow, 'id' | 'email' | 'username'>;

/** Members, what they hold, and the tiers there are. */
export interface Membership {
  /** What the signed-in user has; a member is made when there is none. */
  me(user: User): Promise<Me>;
  /** Links a guest's purchase to the user. @throws RequestError 400 `claim-invalid` */
  claim(user: User, token: string): Promise<void>;
  members(query: MemberQuery): Promise<Paged<MemberRow>>;
  /** @throws RequestError 404 */
  member(documentId: string): Promise<MemberDetail>;
  /** @throws RequestError 409 when the e-mail has a member */
  add(input: MemberInput): Promise<MemberDetail>;
  /** Gives a complimentary tier. @throws RequestError 400, 404 */
  give(documentId: string, input: GrantInput): Promise<GrantRow>;
  /** Ends a grant now. @throws RequestError 404, 409 */
  end(documentId: string, grant: string): Promise<GrantRow>;
  tiers: Tiers;
}

export const createMembership = ({ strapi }: { strapi: Core.Strapi }): Membership => ({
  me: (user) => findMe(strapi, user),
  claim: (user, token) => claim(strapi, user, token),
  members: (query) => findMembers(strapi, query),
  member: (documentId) => findMemberDetail(strapi, documentId),
  add: (input) => addMember(strapi, input),
  give: (documentId, input) => giveGrant(strapi, documentId, input),
  end: (documentId, grant) => endGrant(strapi, documentId, grant),
  tiers: createTiers(strapi),
});
