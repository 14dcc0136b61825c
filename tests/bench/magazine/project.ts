import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { SITE } from '../../../scripts/demo/paths';

/** Two types with the same attributes; the plugin's options are all that tells them apart. */
export const TYPES = {
  gated: { uid: 'api::article.article', name: 'article', plural: 'articles' },
  open: { uid: 'api::twin.twin', name: 'twin', plural: 'twins' },
} as const;

const TEASER = ['excerpt', 'readingMinutes', 'author'];

const contentType = (name: string, plural: string, gated: boolean) => ({
  kind: 'collectionType',
  collectionName: plural,
  info: { singularName: name, pluralName: plural, displayName: name },
  options: { draftAndPublish: true },
  pluginOptions: gated ? { memberships: { gated: true, teaser: TEASER } } : {},
  attributes: {
    title: { type: 'string', required: true },
    slug: { type: 'uid', targetField: 'title' },
    excerpt: { type: 'text' },
    readingMinutes: { type: 'integer' },
    body: { type: 'richtext' },
    author: { type: 'relation', relation: 'manyToOne', target: 'api::author.author' },
  },
});

const AUTHOR = {
  kind: 'collectionType',
  collectionName: 'authors',
  info: { singularName: 'author', pluralName: 'authors', displayName: 'Author' },
  options: { draftAndPublish: false },
  attributes: { name: { type: 'string' }, slug: { type: 'uid', targetField: 'name' } },
};

const core = (kind: string, uid: string): string =>
  `module.exports = require('@strapi/strapi').factories.createCore${kind}('${uid}');\n`;

const apiFiles = (name: string, schema: object): Record<string, string> => {
  const uid = `api::${name}.${name}`;
  const at = `src/api/${name}`;
  return {
    [`${at}/content-types/${name}/schema.json`]: JSON.stringify(schema),
    [`${at}/routes/${name}.js`]: core('Router', uid),
    [`${at}/controllers/${name}.js`]: core('Controller', uid),
    [`${at}/services/${name}.js`]: core('Service', uid),
  };
};

/** As the demo's site has them. */
const CONFIGS = ['admin', 'api', 'database', 'plugins', 'server'];

const MIDDLEWARES = [
  'logger',
  'errors',
  'security',
  'cors',
  'poweredBy',
  'query',
  'body',
  'session',
  'favicon',
  'public',
].map((name) => `strapi::${name}`);

/**
 * Writes a Strapi project: the demo site's configuration, an author, and the two types to compare.
 *
 * @param folder inside the repository, where Node finds the packages
 */
export const writeProject = (folder: string): void => {
  const { gated, open } = TYPES;
  const files: Record<string, string> = {
    ...Object.fromEntries(
      CONFIGS.map((name) => [
        `config/${name}.js`,
        `module.exports = require(${JSON.stringify(path.join(SITE, 'config', name))});\n`,
      ])
    ),
    'config/middlewares.js': `module.exports = ${JSON.stringify(MIDDLEWARES)};\n`,
    'package.json': JSON.stringify({
      name: 'memberships-bench',
      private: true,
      dependencies: {
        '@strapi/plugin-graphql': '*',
        '@strapi/plugin-users-permissions': '*',
        '@strapi/strapi': '*',
      },
    }),
    'src/index.js': 'module.exports = {};\n',
    ...apiFiles('author', AUTHOR),
    ...apiFiles(gated.name, contentType(gated.name, gated.plural, true)),
    ...apiFiles(open.name, contentType(open.name, open.plural, false)),
  };
  mkdirSync(path.join(folder, 'public/uploads'), { recursive: true });
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
};
