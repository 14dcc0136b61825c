const KEY = 'tideline.jwt';

export const session = {
  get token() {
    return localStorage.getItem(KEY);
  },
  start(jwt) {
    localStorage.setItem(KEY, jwt);
  },
  end() {
    localStorage.removeItem(KEY);
  },
};

/** What the server answered when it was not what was asked for. */
export class ApiError extends Error {
  constructor(status, error) {
    super(error?.message ?? 'The site did not answer.');
    this.status = status;
    this.code = error?.details?.code;
    this.field = error?.details?.field;
  }
}

export const request = async (path, { method = 'GET', body, anonymous = false } = {}) => {
  const token = anonymous ? null : session.token;
  const response = await fetch(path, {
    method,
    headers: {
      ...(body ? { 'Content-Type': 'application/json' } : {}),
      ...(token ? { Authorization: `Bearer ${token}` } : {}),
    },
    body: body ? JSON.stringify(body) : undefined,
  });
  const answer = await response.json().catch(() => null);
  if (response.status === 401 && token) {
    // The sign-in has run out, or the account is gone: go on as a visitor.
    session.end();
    return request(path, { method, body, anonymous: true });
  }
  if (!response.ok) throw new ApiError(response.status, answer?.error);
  return answer;
};

const post = (path, body, options) => request(path, { method: 'POST', body, ...options });

const CARD = [
  'fields[0]=title&fields[1]=slug&fields[2]=excerpt&fields[3]=readingMinutes',
  'populate[cover]=true&populate[author]=true&populate[category]=true',
  'pagination[pageSize]=50&sort=createdAt:desc',
].join('&');

const one = async (path) => (await request(path)).data;

export const api = {
  home: () => one('/api/home?populate[featured][fields][0]=slug'),
  articles: () => one(`/api/articles?${CARD}`),
  article: async (slug, locale) => {
    const filter = `filters[slug][$eq]=${encodeURIComponent(slug)}&populate=*&locale=${locale}`;
    return (await one(`/api/articles?${filter}`))[0] ?? null;
  },
  letters: () => one('/api/letters?sort=sentAt:desc'),
  tiers: () => one('/api/memberships/tiers'),
  me: () => one('/api/memberships/me'),
  user: () => request('/api/users/me'),
  signIn: (identifier, password) =>
    post('/api/auth/local', { identifier, password }, { anonymous: true }),
  signUp: (email, password) =>
    post('/api/auth/local/register', { username: email, email, password }, { anonymous: true }),
  resetPassword: (code, password) =>
    post(
      '/api/auth/reset-password',
      { code, password, passwordConfirmation: password },
      { anonymous: true }
    ),
  checkout: async (body) => (await post('/api/memberships/checkout', body)).data,
  sync: async (sessionId) => (await post('/api/memberships/checkout/sync', { sessionId })).data,
  portal: async (returnUrl) => (await post('/api/memberships/me/portal', { returnUrl })).data,
  claim: (token) => post('/api/memberships/me/claim', { token }),
};
