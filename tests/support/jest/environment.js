const { EventEmitter } = require('node:events');
const { TestEnvironment } = require('jest-environment-node');

/**
 * Jest's Node environment in Node's own realm instead of a sandbox, because what packages loaded by
 * `runtime.js` return is of that realm. Globals that a test sets are seen by the next file of the
 * worker; those that Jest itself replaces are put back.
 */
class NodeRealm extends TestEnvironment {
  constructor(config, context) {
    super(config, context);
    this.global = globalThis;
    this.before = { console: globalThis.console, exit: process.exit };
    const { fakeTimersModern: timers, moduleMocker: mocker } = this;
    this.moduleMocker = new mocker.constructor(globalThis);
    this.fakeTimersModern = new timers.constructor({
      config: config.projectConfig,
      global: globalThis,
    });
    // A Strapi that stops takes every listener off its process; the one by which Jest tells a worker
    // what to do next is among them. Its own are those for being told to stop.
    process.removeAllListeners = (...given) => {
      const events = given.length > 0 ? given : ['SIGINT', 'SIGTERM'];
      for (const event of events) EventEmitter.prototype.removeAllListeners.call(process, event);
      return process;
    };
  }

  async teardown() {
    await super.teardown();
    globalThis.console = this.before.console;
    process.exit = this.before.exit;
    delete process.removeAllListeners;
  }
}

module.exports = NodeRealm;
