import { Button, Flex, SingleSelect, SingleSelectOption } from '@strapi/design-system';
import { Cross } from '@strapi/icons';

import type { ListQuery } from '../lib/useListQuery';
import { useT } from '../translations/useT';

interface ListFilter<Filter extends string> {
  name: Filter;
  label: string;
  options: { value: string; label: string }[];
}

interface ListFiltersProps<Filter extends string> {
  list: ListQuery<Filter>;
  /** One without options is not shown. */
  filters: ListFilter<Filter>[];
}

/** What narrows a list down, beside its search box, and the way back to all of it. */
export const ListFilters = <Filter extends string>({ list, filters }: ListFiltersProps<Filter>) => {
  const t = useT();
  return (
    <Flex gap={2} wrap="wrap">
      {filters
        .filter(({ options }) => options.length > 0)
        .map(({ name, label, options }) => (
          <SingleSelect
            key={name}
            size="S"
            aria-label={label}
            placeholder={label}
            value={list.filter(name) ?? null}
            clearLabel={t('action.clear')}
            onClear={() => list.setFilter(name, undefined)}
            onChange={(value) => list.setFilter(name, String(value))}
          >
            {options.map((option) => (
              <SingleSelectOption key={option.value} value={option.value}>
                {option.label}
              </SingleSelectOption>
            ))}
          </SingleSelect>
        ))}
      {list.isFiltered ? (
        <Button variant="ghost" size="S" startIcon={<Cross />} onClick={list.clear}>
          {t('action.clearFilters')}
        </Button>
      ) : null}
    </Flex>
  );
};
