const ROLES = ['public', 'authenticated'];

const ACTIONS = [
  ...['article', 'author', 'category', 'guide', 'letter', 'note'].flatMap((name) => [
    `api::${name}.${name}.find`,
    `api::${name}.${name}.findOne`,
  ]),
  'api::home.home.find',
  'plugin::upload.content-api.find',
  'plugin::upload.content-api.findOne',
];

/** Lets visitors and readers ask for the magazine: once, so that the owner can untick any of it. */
exports.tickContentRoutes = async (strapi) => {
  const store = strapi.store({ type: 'core', name: 'demo_site', key: 'content_routes' });
  if (await store.get()) return;
  const permissions = strapi.db.query('plugin::users-permissions.permission');
  for (const type of ROLES) {
    const role = await strapi.db
      .query('plugin::users-permissions.role')
      .findOne({ where: { type } });
    for (const action of ACTIONS) {
      const where = { action, role: role.id };
      if (!(await permissions.findOne({ where }))) await permissions.create({ data: where });
    }
  }
  await store.set({ value: true });
};
