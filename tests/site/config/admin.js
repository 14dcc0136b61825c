module.exports = ({ env }) => ({
  // Not for production, as the keys in `server.js`.
  auth: { secret: env('ADMIN_JWT_SECRET', 'demo-only-admin-jwt-secret') },
  apiToken: { salt: env('API_TOKEN_SALT', 'demo-only-api-token-salt') },
  transfer: { token: { salt: env('TRANSFER_TOKEN_SALT', 'demo-only-transfer-token-salt') } },
  secrets: { encryptionKey: env('ENCRYPTION_KEY', 'demo-only-encryption-key-32-byte') },
  flags: { nps: false, promoteEE: false },
  rateLimit: { enabled: env.bool('AUTH_RATE_LIMIT', true) },
});
