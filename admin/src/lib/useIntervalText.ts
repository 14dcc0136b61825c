import { useCallback } from 'react';

import { useOpenT, useT } from '../translations/useT';

/** `per month`, `every 3 months`, `once`. */
export const useIntervalText = () => {
  const t = useT();
  const openT = useOpenT();
  return useCallback(
    (interval: string | null, count: number): string => {
      if (interval === null) return t('interval.once');
      switch (interval) {
        case 'day':
          return t('interval.day', { count });
        case 'week':
          return t('interval.week', { count });
        case 'month':
          return t('interval.month', { count });
        case 'year':
          return t('interval.year', { count });
        default:
          return openT(`interval.${interval}`) ?? interval;
      }
    },
    [t, openT]
  );
};
