import type { Answer, Shop } from './shop';

/** Somebody signed in to the admin panel. */
export interface Admin {
  get(path: string): Promise<Answer>;
  post(path: string, body?: object): Promise<Answer>;
  put(path: string, body?: object): Promise<Answer>;
  delete(path: string): Promise<Answer>;
}

const PASSWORD = 'Passw0rd!';

/** Requests to `/memberships/…` of the admin API, with or without somebody's token. */
export const adminWith = ({ http }: Shop, token: string | null): Admin => {
  const headers = token === null ? {} : { Authorization: `Bearer ${token}` };
  const at = (path: string) => `/memberships${path}`;
  return {
    get: async (path) => http.get(at(path)).set(headers),
    post: async (path, body = {}) => http.post(at(path)).set(headers).send(body),
    put: async (path, body = {}) => http.put(at(path)).set(headers).send(body),
    delete: async (path) => http.delete(at(path)).set(headers),
  };
};

/** A new admin with a role of the given code: `strapi-super-admin`, or one made for the test. */
export const addAdmin = async (shop: Shop, code: string): Promise<Admin> => {
  const role: { id: number } = await shop.strapi.db
    .query('admin::role')
    .findOne({ where: { code } });
  const email = `${code}@admin.example`;
  await shop.strapi.service('admin::user').create({
    email,
    firstname: 'Site',
    lastname: 'Admin',
    password: PASSWORD,
    isActive: true,
    registrationToken: null,
    roles: [role.id],
  });
  const { body } = await shop.http
    .post('/admin/login')
    .send({ email, password: PASSWORD })
    .expect(200);
  return adminWith(shop, body.data.token);
};

/** A role of the admin with these permissions and no other. */
export const addRole = async (shop: Shop, code: string, actions: string[]): Promise<void> => {
  const role: { id: number } = await shop.strapi.db
    .query('admin::role')
    .create({ data: { name: code, code, description: code } });
  for (const action of actions) {
    await shop.strapi.db
      .query('admin::permission')
      .create({ data: { action, role: role.id, conditions: [], properties: {} } });
  }
};
