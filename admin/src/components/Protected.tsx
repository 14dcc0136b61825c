import { Page } from '@strapi/strapi/admin';
import { Outlet } from 'react-router-dom';

import { PERMISSIONS } from '../permissions';

/** The routes inside ask for one permission; the server asks for the same one. */
export const Protected = ({ page }: { page: keyof typeof PERMISSIONS }) => (
  <Page.Protect permissions={PERMISSIONS[page]}>
    <Outlet />
  </Page.Protect>
);
