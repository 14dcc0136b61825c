export const PLUGIN_ID = 'memberships';

/** Where the pages live in the admin; every link inside them starts here. */
export const BASE_PATH = `/plugins/${PLUGIN_ID}`;
