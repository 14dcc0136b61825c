import { unstable_useContentManagerContext, useRBAC } from '@strapi/strapi/admin';

import { read } from '../lib/read';
import { PERMISSIONS } from '../permissions';
import { PLUGIN_ID } from '../pluginId';
import { useT } from '../translations/useT';
import { AccessPanelContent } from './AccessPanelContent';

/** What the Content Manager gives a side panel, as far as it is used here. */
interface PanelProps {
  /** uid of the content type. */
  model: string;
  documentId?: string;
  /** The saved entry; absent while a new one, or a copy, is made. */
  document?: { documentId?: string };
  meta?: { availableLocales?: { documentId?: string }[] };
}

const isGated = (pluginOptions: unknown): boolean =>
  read(read(pluginOptions, PLUGIN_ID), 'gated') === true;

/** The Content Manager's side panel “Access”; none for types that are not gated. */
export const AccessPanel = ({ model, documentId, document, meta }: PanelProps) => {
  const t = useT();
  const { contentType } = unstable_useContentManagerContext();
  const { allowedActions } = useRBAC(PERMISSIONS.rulesRead);
  if (!isGated(contentType?.pluginOptions) || allowedActions.canRead !== true) return null;
  return {
    title: t('access.title'),
    content: (
      <AccessPanelContent
        uid={model}
        // A single type's is not in the address; in a language it has not been written in yet, only
        // the other languages know it.
        documentId={document?.documentId ?? documentId ?? meta?.availableLocales?.[0]?.documentId}
      />
    ),
  };
};
