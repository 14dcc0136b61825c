const { createRequire, isBuiltin } = require('node:module');
const { compileFunction } = require('node:vm');
const { default: Runtime } = require('jest-runtime');

/** `stripe`, `@strapi/utils/dist/x`; neither a path nor a part of Node. */
const isPackage = (name) => /^[^./]/.test(name) && !isBuiltin(name);

/**
 * Jest's runtime, except that packages are loaded by Node itself and once per worker: through Jest's
 * sandbox every test file loads all of Strapi anew, which takes longer than most files' tests. The
 * plugin's source and the tests' own modules stay Jest's, fresh in every file.
 *
 * Everything runs in Node's own realm (see `environment.js`): an error of Strapi's is an `Error` to
 * the plugin, as it is on a site. Packages cannot be mocked here; nothing that can run is.
 */
class PackagesByNode extends Runtime {
  constructor(...given) {
    super(...given);
    const { executor } = this;
    // Jest compiles for a context of its own, and there is no context that is Node's.
    executor.compile = (source, filename) =>
      compileFunction(source, executor.injectedModuleParameters, { filename });
  }

  requireModuleOrMock(from, name) {
    return isPackage(name) && !name.startsWith('@jest/')
      ? createRequire(from)(name)
      : super.requireModuleOrMock(from, name);
  }
}

module.exports = PackagesByNode;
