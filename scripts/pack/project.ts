import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.resolve(__dirname, '../..');

const article = {
  kind: 'collectionType',
  collectionName: 'articles',
  info: { singularName: 'article', pluralName: 'articles', displayName: 'Article' },
  options: { draftAndPublish: true },
  pluginOptions: { memberships: { gated: true, teaser: ['excerpt'], default: 'members' } },
  attributes: {
    title: { type: 'string' },
    excerpt: { type: 'text' },
    body: { type: 'richtext' },
  },
};

const factory = (kind: 'Controller' | 'Router' | 'Service') =>
  `module.exports = require('@strapi/strapi').factories.createCore${kind}('api::article.article');\n`;

/** A custom controller as docs/gating.md shows it, in TypeScript. */
const SITE_CODE = `import type { Core } from '@strapi/strapi';
import type { Access, MembershipAccess } from 'strapi-plugin-memberships/strapi-server';

export const teaserOf = ({ granted, tiers }: MembershipAccess): string =>
  granted ? 'Read on' : tiers.map(({ name }) => name).join(', ');

export const gold = async (strapi: Core.Strapi, member: { documentId: string }, documentId: string) => {
  const access = strapi.plugin('memberships').service<Access & Core.Service>('access');
  const may: boolean = await access.can(member, 'api::article.article', documentId);
  const [first] = await access.filter(member, 'api::article.article', [{ documentId, title: 'A' }]);
  return may ? first?.title : undefined;
};
`;

/** The plugin needs no entry in `config/plugins`: a site that installs it has it. */
const FILES: Record<string, string> = {
  'config/admin.js':
    "module.exports = () => ({ auth: { secret: 'pack' }, apiToken: { salt: 'pack' }, transfer: { token: { salt: 'pack' } } });\n",
  'config/api.js': 'module.exports = {};\n',
  'config/database.js':
    "const path = require('node:path');\nmodule.exports = () => ({ connection: { client: 'sqlite', connection: { filename: path.join(__dirname, '../data.db') }, useNullAsDefault: true } });\n",
  'config/middlewares.js':
    "module.exports = ['errors', 'security', 'cors', 'poweredBy', 'logger', 'query', 'body', 'session', 'favicon', 'public'].map((name) => `strapi::${name}`);\n",
  'config/plugins.js':
    "module.exports = () => ({ 'users-permissions': { config: { jwtSecret: 'pack' } } });\n",
  'config/server.js':
    "module.exports = () => ({ host: '127.0.0.1', port: 0, app: { keys: ['pack'] } });\n",
  'types/site-code.ts': SITE_CODE,
  'src/index.js': 'module.exports = { register() {}, bootstrap() {} };\n',
  'src/api/article/content-types/article/schema.json': JSON.stringify(article, null, 2),
  'src/api/article/controllers/article.js': factory('Controller'),
  'src/api/article/routes/article.js': factory('Router'),
  'src/api/article/services/article.js': factory('Service'),
  'public/uploads/.gitkeep': '',
  'database/migrations/.gitkeep': '',
};

const manifest = (): Record<string, Record<string, string>> =>
  JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'));

/** A Strapi project as `create-strapi` makes one, with the plugin from a tarball. */
export const makeProject = (folder: string, tarball: string): void => {
  const { devDependencies = {} } = manifest();
  const wanted = [
    '@strapi/strapi',
    '@strapi/plugin-users-permissions',
    'better-sqlite3',
    'react',
    'react-dom',
    'react-router-dom',
    'styled-components',
  ];
  const dependencies = Object.fromEntries(
    wanted.map((name) => [name, devDependencies[name] ?? '*'])
  );
  const project = {
    name: 'fresh-site',
    version: '0.0.0',
    private: true,
    dependencies: { ...dependencies, 'strapi-plugin-memberships': `file:${tarball}` },
    strapi: { uuid: false },
  };
  const files = { ...FILES, 'package.json': JSON.stringify(project, null, 2) };
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
};
