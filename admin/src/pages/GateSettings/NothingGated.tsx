import { LinkButton } from '@strapi/design-system';
import { Link } from 'react-router-dom';

import { Empty } from '../../components/States';
import { useT } from '../../translations/useT';
import { BUILDER_PATH } from './builderPath';

export const NothingGated = ({ developing }: { developing: boolean }) => {
  const t = useT();
  return (
    <Empty
      content={t(developing ? 'gate.none' : 'gate.none.production')}
      action={
        developing ? (
          <LinkButton tag={Link} to={BUILDER_PATH} variant="secondary">
            {t('gate.none.action')}
          </LinkButton>
        ) : undefined
      }
    />
  );
};
