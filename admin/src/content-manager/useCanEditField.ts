import { useParams } from 'react-router-dom';
import { useDocumentRBAC, useForm } from '@strapi/strapi/admin';

/** Whether a field of the entry's form may be changed here, by its version and by the role. */
export const useCanEditField = (name: string): boolean => {
  const { id } = useParams();
  const isDisabled = useForm('AccessPanel', (form) => form.disabled);
  const fields = useDocumentRBAC('AccessPanel', (rights) =>
    id === undefined || id === 'create' ? rights.canCreateFields : rights.canUpdateFields
  );
  return !isDisabled && fields.includes(name);
};
