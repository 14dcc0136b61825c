import { ConfirmDialog } from '@strapi/strapi/admin';
import { Dialog } from '@strapi/design-system';

export interface ConfirmProps {
  open: boolean;
  onClose: () => void;
  title: string;
  body: string;
  danger?: boolean;
  onConfirm: () => Promise<void> | void;
}

/** Strapi's confirm dialog, opened from a menu or a button elsewhere. */
export const Confirm = ({
  open,
  onClose,
  title,
  body,
  danger = false,
  onConfirm,
}: ConfirmProps) => (
  <Dialog.Root open={open} onOpenChange={(isOpen) => (isOpen ? undefined : onClose())}>
    <ConfirmDialog
      title={title}
      variant={danger ? 'danger-light' : 'default'}
      onConfirm={async () => {
        await onConfirm();
        onClose();
      }}
    >
      {body}
    </ConfirmDialog>
  </Dialog.Root>
);
