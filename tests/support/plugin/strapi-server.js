const siteHook = require('../../site/src/site-hook');

/** A test hands over the copy that it imports itself; Node would keep the first test's. */
module.exports = () => siteHook().plugin ?? require('../../../server/src').default;
