import { adminRoutes } from './admin';
import { contentApiRoutes } from './content-api';

export const routes = {
  admin: { type: 'admin', routes: adminRoutes },
  'content-api': { type: 'content-api', routes: contentApiRoutes },
};
