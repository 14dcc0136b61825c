import type { Entry, Model, RequestContext } from '../../strapi-types';
import type { Gate } from '../gate';

const FILE_UID = 'plugin::upload.file';

const isEntry = (value: unknown): value is Entry => typeof value === 'object' && value !== null;

/**
 * Files by their own door (`/api/upload/files`): that they are there is no secret, so their records
 * are shown with addresses as they are stored; whoever reads everything gets signed ones. Not of
 * what they have just uploaded: scripts write such an address into texts.
 */
export const handRecords = async (
  gate: Gate,
  ctx: RequestContext,
  data: unknown,
  model: Model
): Promise<unknown> => {
  if (model.uid !== FILE_UID || ctx.method !== 'GET') return data;
  if (!gate.files.active || !isEntry(data)) return data;
  const request = gate.request(ctx);
  if ((await request.caller()).readAll === null) return data;
  gate.touch(ctx);
  return gate.files.signMedia(data, request.at);
};
