/* Runs inside the fresh project: boots it, and reads one gated article as a visitor. */
const assert = require('node:assert/strict');
const { createStrapi } = require('@strapi/strapi');

const CANARY = 'CANARY-members-only-body';

const main = async () => {
  const appDir = process.cwd();
  const strapi = await createStrapi({ appDir, distDir: appDir }).load();
  await strapi.server.mount();
  await new Promise((resolve) => strapi.server.httpServer.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${strapi.server.httpServer.address().port}`;

  const role = await strapi.db
    .query('plugin::users-permissions.role')
    .findOne({ where: { type: 'public' } });
  await strapi.db.query('plugin::users-permissions.permission').create({
    data: { action: 'api::article.article.findOne', role: role.id },
  });
  const { documentId } = await strapi.documents('api::article.article').create({
    data: { title: 'Open title', excerpt: 'Open excerpt', body: CANARY },
    status: 'published',
  });

  const health = await fetch(`${url}/_health`);
  assert.equal(health.status, 204);
  console.log(`health ${health.status}`);

  const admin = await fetch(`${url}/admin`);
  assert.equal(admin.status, 200);
  console.log(`admin ${admin.status}`);

  const answer = await fetch(`${url}/api/articles/${documentId}`);
  const text = await answer.text();
  const { data } = JSON.parse(text);
  assert.equal(answer.status, 200);
  assert.equal(data.excerpt, 'Open excerpt');
  assert.equal(data.membershipAccess.granted, false);
  assert.ok(!text.includes(CANARY), 'the body left the site');
  console.log(`gated read ${answer.status}: ${JSON.stringify(data.membershipAccess)}`);

  const tiers = await fetch(`${url}/api/memberships/tiers`);
  assert.equal(tiers.status, 200);
  console.log(`tiers ${tiers.status}`);

  const webhook = await fetch(`${url}/api/memberships/webhook`, { method: 'POST', body: '{}' });
  assert.equal(webhook.status, 503);
  console.log(`webhook without keys ${webhook.status}`);

  await strapi.destroy();
  process.exit(0);
};

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
