import { Box, Flex, Typography, type StatusVariant } from '@strapi/design-system';

import type { Door, DoorOutcome, TypeCheck } from '../../../../contracts';
import { DataTable, type Column } from '../../components/DataTable';
import { Pill } from '../../components/Pill';
import { useT } from '../../translations/useT';
import { byGravity, leakedKeys } from './outcomes';

const VARIANTS: Record<DoorOutcome, StatusVariant> = {
  clean: 'success',
  leaks: 'danger',
  closed: 'neutral',
  failed: 'warning',
};

const DOORS: Door[] = ['list', 'single', 'graphql'];

/** What came out of each door of each type. */
export const CheckResult = ({ types }: { types: TypeCheck[] }) => {
  const t = useT();

  const doorColumn = (door: Door): Column<TypeCheck> => ({
    id: door,
    label: t(`gate.door.${door}`),
    cell: ({ doors }) => {
      const check = doors.find((one) => one.door === door);
      if (!check) return <Typography textColor="neutral600">–</Typography>;
      return (
        <Pill
          label={t(`gate.outcome.${check.outcome}`)}
          variant={VARIANTS[check.outcome]}
          hint={check.message === null ? check.request : `${check.request}: ${check.message}`}
        />
      );
    },
  });

  const columns: Column<TypeCheck>[] = [
    {
      id: 'type',
      label: t('gate.column.type'),
      primary: true,
      cell: ({ displayName, entries, doors }) => (
        <Flex direction="column" alignItems="flex-start" gap={1}>
          <Typography fontWeight="semiBold">{displayName}</Typography>
          <Typography variant="pi" textColor="neutral600">
            {t('gate.check.entries', { count: entries })}
          </Typography>
          {leakedKeys(doors).map(({ key, entries: count }) => (
            <Typography key={key} variant="pi" textColor="danger600">
              {t('gate.check.leaked', { key, count })}
            </Typography>
          ))}
        </Flex>
      ),
    },
    ...DOORS.map(doorColumn),
  ];

  return (
    <Box paddingBottom={2}>
      <DataTable
        label={t('gate.check.results')}
        columns={columns}
        rows={byGravity(types)}
        rowKey={({ uid }) => uid}
      />
    </Box>
  );
};
