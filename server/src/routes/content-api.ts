import type { Route } from './route';

export const contentApiRoutes: Route[] = [];
