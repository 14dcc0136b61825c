import { ConfirmDialog } from '@strapi/strapi/admin';
import { Dialog } from '@strapi/design-system';
import { useBlocker } from 'react-router-dom';

import { useT } from '../translations/useT';

/** Asks before a change is left behind; `shouldBlock` is asked at the moment of leaving. */
export const UnsavedGuard = ({ shouldBlock }: { shouldBlock: () => boolean }) => {
  const t = useT();
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) =>
      shouldBlock() && currentLocation.pathname !== nextLocation.pathname
  );

  if (blocker.state !== 'blocked') return null;
  return (
    <Dialog.Root open onOpenChange={(isOpen) => (isOpen ? undefined : blocker.reset())}>
      <ConfirmDialog
        title={t('form.leave.title')}
        variant="danger-light"
        onConfirm={() => blocker.proceed()}
      >
        {t('form.leave.body')}
      </ConfirmDialog>
    </Dialog.Root>
  );
};
