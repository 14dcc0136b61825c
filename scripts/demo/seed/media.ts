import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Core } from '@strapi/strapi';
import { drawCover } from './covers';

const FILE = 'plugin::upload.file';

/** Draws a cover and puts it in the media library, as an editor's upload would. */
export const uploadCover = async (
  strapi: Core.Strapi,
  name: string,
  alternativeText: string
): Promise<number> => {
  const fileName = `tideline-${name}.svg`;
  const known = await strapi.db.query(FILE).findOne({ where: { name: fileName } });
  if (known) return known.id;

  const folder = await mkdtemp(path.join(tmpdir(), 'tideline-'));
  try {
    const filepath = path.join(folder, fileName);
    await writeFile(filepath, drawCover(name));
    const [file] = await strapi
      .plugin('upload')
      .service('upload')
      .upload({
        data: { fileInfo: { name: fileName, alternativeText } },
        files: {
          filepath,
          originalFilename: fileName,
          mimetype: 'image/svg+xml',
          size: (await stat(filepath)).size,
        },
      });
    return file.id;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
