import { Layouts, Page, useQueryParams } from '@strapi/strapi/admin';
import { Flex, SingleSelect, SingleSelectOption } from '@strapi/design-system';

import { useGetMembershipChurnQuery, useGetMembershipStatusQuery } from '../../api/reports';
import { Failed, Loading } from '../../components/States';
import { currentMonth, isPeriod, PERIODS, toRange } from '../../lib/periods';
import { useT } from '../../translations/useT';
import { ChurnReport } from './ChurnReport';

const ChurnPage = () => {
  const t = useT();
  const [{ query }, setQuery] = useQueryParams<{ period?: string }>();
  const period = isPeriod(query.period) ? query.period : '12';
  const { data: status, isError: isStatusError } = useGetMembershipStatusQuery();
  // Which month it is depends on the site's time zone; without an answer the browser's must do.
  const timeZone = isStatusError ? undefined : status?.data.timeZone;
  const range = toRange(period, currentMonth(timeZone ?? 'UTC', new Date()));
  const { data, isError, isFetching, refetch } = useGetMembershipChurnQuery(range, {
    skip: timeZone === undefined && !isStatusError,
  });

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
