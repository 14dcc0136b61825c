import { useGetMembershipGateQuery } from '../api/gate';
import { lockedOf, ownOf } from '../lib/gate';

/**
 * What switching a type's gate off would open: how many entries, and how many of them by a rule of
 * their own. `entries` is null where the server does not tell, or the type is not gated there yet.
 */
export const useOpening = (uid: string) => {
  const { data, isLoading } = useGetMembershipGateQuery(undefined, {
    // Editors marked entries since the page was opened.
    refetchOnMountOrArgChange: true,
  });
  const type = data?.data.types.find((one) => one.uid === uid);
  return {
    isLoading,
    entries: type ? lockedOf(type) : null,
    own: type ? ownOf(type) : 0,
  };
};
