import { lazy, Suspense } from 'react';
import { Layouts, Page } from '@strapi/strapi/admin';
import { Main } from '@strapi/design-system';
import { Navigate, Route, Routes } from 'react-router-dom';

import { PageNav } from '../components/PageNav';
import { Protected } from '../components/Protected';
import { Loading } from '../components/States';
import { useAccess, type Access } from '../lib/useAccess';
import { ANY_PAGE } from '../permissions';
import { BASE_PATH } from '../pluginId';

const MembersPage = lazy(() => import('./Members/MembersPage'));
const MemberPage = lazy(() => import('./Member/MemberPage'));
const TiersPage = lazy(() => import('./Tiers/TiersPage'));
const TierPage = lazy(() => import('./Tier/TierPage'));
const ChurnPage = lazy(() => import('./Churn/ChurnPage'));
const HealthPage = lazy(() => import('./Health/HealthPage'));

const firstPage = ({ members, tiers, churn }: Access) =>
  `${BASE_PATH}/${members ? 'members' : tiers ? 'tiers' : churn ? 'churn' : 'health'}`;

const PageRoutes = () => {
  const access = useAccess();
  if (access.isLoading) return <Loading />;

  return (
    <Layouts.Root>
      <PageNav access={access} />
      <Main>
        <Suspense fallback={<Loading />}>
          <Routes>
            <Route index element={<Navigate to={firstPage(access)} replace />} />
            <Route element={<Protected page="membersRead" />}>
              <Route path="members" element={<MembersPage />} />
              <Route path="members/:documentId" element={<MemberPage />} />
            </Route>
            <Route element={<Protected page="tiersRead" />}>
              <Route path="tiers" element={<TiersPage />} />
              <Route path="tiers/:documentId" element={<TierPage />} />
            </Route>
            <Route element={<Protected page="churnRead" />}>
              <Route path="churn" element={<ChurnPage />} />
            </Route>
            <Route element={<Protected page="healthRead" />}>
              <Route path="health" element={<HealthPage />} />
            </Route>
            <Route path="*" element={<Navigate to={firstPage(access)} replace />} />
          </Routes>
        </Suspense>
      </Main>
    </Layouts.Root>
  );
};

export const App = () => (
  <Page.Protect permissions={ANY_PAGE}>
    <PageRoutes />
  </Page.Protect>
);
