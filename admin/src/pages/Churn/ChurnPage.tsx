import { Layouts, Page, useQueryParams } from '@strapi/strapi/admin';
import { Flex, SingleSelect, SingleSelectOption } from '@strapi/design-system';

import { Failed, Loading } from '../../components/States';
import { isPeriod, PERIODS } from '../../lib/periods';
import { useChurn } from '../../lib/useChurn';
import { useT } from '../../translations/useT';
import { ChurnReport } from './ChurnReport';

const ChurnPage = () => {
  const t = useT();
  const [{ query }, setQuery] = useQueryParams<{ period?: string }>();
  const period = isPeriod(query.period) ? query.period : '12';
  const { data, isError, isFetching, refetch } = useChurn(period);

  return (
    <>
      <Page.Title>{t('churn.title')}</Page.Title>
      <Layouts.Header
        title={t('churn.title')}
        subtitle={t('churn.subtitle')}
        primaryAction={
          <SingleSelect
            aria-label={t('churn.period')}
            size="S"
            value={period}
            onChange={(value) => setQuery({ period: String(value) })}
          >
            {PERIODS.map((one) => (
              <SingleSelectOption key={one} value={one}>
                {t(`churn.period.${one}`)}
              </SingleSelectOption>
            ))}
          </SingleSelect>
        }
      />
      <Layouts.Content>
        {isError ? (
          <Failed onRetry={refetch} />
        ) : data === undefined ? (
          <Loading />
        ) : (
          <Flex
            direction="column"
            alignItems="stretch"
            gap={6}
            aria-busy={isFetching}
            style={{ opacity: isFetching ? 0.6 : 1 }}
          >
            <ChurnReport churn={data.data} />
          </Flex>
        )}
      </Layouts.Content>
    </>
  );
};

export default ChurnPage;
