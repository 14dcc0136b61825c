/**
 * What a program that boots this site in its own process hands to it. Configuration can only carry
 * JSON through the environment; a clock is a function.
 *
 *   globalThis[Symbol.for('memberships.site')] = { clock, options, desk }
 *
 * `clock`: milliseconds, the plugin's *now*. `options`: merged over the plugin's options.
 * `desk`: what the demo's own pages may do; absent, there are no such pages.
 */
module.exports = () => globalThis[Symbol.for('memberships.site')] ?? {};
