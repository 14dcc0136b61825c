import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const SCHEMA = {
  kind: 'collectionType',
  collectionName: 'bares',
  info: { singularName: 'bare', pluralName: 'bares', displayName: 'Bare' },
  options: { draftAndPublish: false },
  attributes: {
    event: { type: 'string' },
    type: { type: 'string' },
    receivedAt: { type: 'datetime' },
  },
};

const CONTROLLER = `module.exports = {
  async receive(ctx) {
    const { id, type } = ctx.request.body;
    const data = { event: id, type, receivedAt: new Date().toISOString() };
    await strapi.db.query('api::bare.bare').create({ data });
    ctx.body = { received: true };
  },
};
`;

const ROUTES = `module.exports = {
  routes: [
    { method: 'POST', path: '/bare', handler: 'bare.receive', config: { auth: false } },
  ],
};
`;

/** What a site would write that keeps deliveries and nothing more: a route that inserts one row. */
export const writeBareRoute = (folder: string): void => {
  const at = path.join(folder, 'src/api/bare');
  const files = {
    'content-types/bare/schema.json': JSON.stringify(SCHEMA),
    'controllers/bare.js': CONTROLLER,
    'routes/bare.js': ROUTES,
  };
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(at, name)), { recursive: true });
    writeFileSync(path.join(at, name), text);
  }
};
