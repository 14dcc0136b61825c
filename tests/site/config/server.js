module.exports = ({ env }) => ({
  host: env('HOST', '127.0.0.1'),
  port: env.int('PORT', 1337),
  url: env('PUBLIC_URL', ''),
  // Where uploads go: a demo or a test keeps its own beside its database.
  dirs: { public: env('PUBLIC_DIR', './public') },
  app: {
    // Not for production: anybody who reads this repository knows these keys.
    keys: env.array('APP_KEYS', ['demo-only-app-key-1', 'demo-only-app-key-2']),
  },
  logger: {
    config: { level: env('LOG_LEVEL', 'http') },
    startup: { enabled: env.bool('STARTUP_LOG', true) },
    updates: { enabled: false },
  },
});
