const path = require('node:path');

/** One connection by fields, or all of it by `DATABASE_URL` (both clients take the fields). */
const network = (env, port) => {
  const url = env('DATABASE_URL') ? new URL(env('DATABASE_URL')) : undefined;
  const part = (value) => (value ? decodeURIComponent(value) : undefined);
  return {
    host: part(url?.hostname) ?? env('DATABASE_HOST', '127.0.0.1'),
    port: Number(url?.port) || env.int('DATABASE_PORT', port),
    database: part(url?.pathname.slice(1)) ?? env('DATABASE_NAME', 'memberships'),
    user: part(url?.username) ?? env('DATABASE_USERNAME', 'strapi'),
    password: part(url?.password) ?? env('DATABASE_PASSWORD', 'strapi'),
    ssl: env.bool('DATABASE_SSL', false) && {
      rejectUnauthorized: env.bool('DATABASE_SSL_REJECT_UNAUTHORIZED', true),
    },
  };
};

const pool = (env) => ({
  min: env.int('DATABASE_POOL_MIN', 0),
  max: env.int('DATABASE_POOL_MAX', 10),
});

module.exports = ({ env }) => {
  const client = env('DATABASE_CLIENT', 'sqlite');
  const connections = {
    sqlite: () => ({
      connection: {
        // Absolute paths stay as they are: a test gives every boot a file of its own.
        filename: path.resolve(__dirname, '..', env('DATABASE_FILENAME', '.tmp/data.db')),
      },
      useNullAsDefault: true,
    }),
    postgres: () => ({
      connection: { ...network(env, 5432), schema: env('DATABASE_SCHEMA', 'public') },
      pool: pool(env),
    }),
    mysql: () => ({ connection: network(env, 3306), pool: pool(env) }),
  };
  return { connection: { client, ...connections[client]() } };
};
