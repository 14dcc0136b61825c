import type { Route } from './route';

export const adminRoutes: Route[] = [];
