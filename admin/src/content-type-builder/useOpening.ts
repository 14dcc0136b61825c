import { useGetMembershipGateQuery } from '../api/gate';
import { lockedOf, ownOf } from '../lib/gate';

/**
 * What switching a type's gate off would open: how many entries, and how many of them are locked by a
 * rule of their own. `entries` is null where the server does not tell.
 *
 * @param isGated as the form has it: without a gate there is nothing to ask
 */
export const useOpening = (uid: string | undefined, isGated: boolean) => {
  const { data, isFetching } = useGetMembershipGateQuery(undefined, {
    skip: !isGated || uid === undefined,
    // Editors marked entries since the builder was opened.
    refetchOnMountOrArgChange: true,
  });
  const type = data?.data.types.find((one) => one.uid === uid);
  return {
    isLoading: isFetching,
    /** The gate was ticked in this form and is not saved: nothing is locked by it. */
    isUnsaved: data !== undefined && type === undefined,
    entries: type ? lockedOf(type) : null,
    own: type ? ownOf(type) : 0,
  };
};

export type Opening = ReturnType<typeof useOpening>;
