import type { Entry, Model, RequestContext } from '../../strapi-types';
import type { Gate } from '../gate';

const FILE_UID = 'plugin::upload.file';

const isEntry = (value: unknown): value is Entry => typeof value === 'object' && value !== null;

/**
 * Files by their own door (`/api/upload/files`): that they are there is no secret, so their records
 * are shown with addresses as they are stored; whoever reads everything gets signed ones.
 */
export const handRecords = async (
  gate: Gate,
  ctx: RequestContext,
  data: unknown,
  model: Model
): Promise<unknown> => {
  if (model.uid !== FILE_UID || !gate.files.active || !isEntry(data)) return data;
  const request = gate.request(ctx);
  if ((await request.caller()).readAll === null) return data;
  gate.touch(ctx);
  return gate.files.signMedia(data, request.at);
};
