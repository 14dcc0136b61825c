import { useState, type ReactNode } from 'react';
import { Button, Flex } from '@strapi/design-system';

import { useT } from '../../translations/useT';
import { Panel } from '../Panel';

interface ChartOrTableProps {
  title: string;
  hint: string;
  chart: ReactNode;
  /** The same figures in words: for screen readers, for copying, for whoever prefers numbers. */
  table: ReactNode;
}

const VIEWS = ['chart', 'table'] as const;

export const ChartOrTable = ({ title, hint, chart, table }: ChartOrTableProps) => {
  const t = useT();
  const [view, setView] = useState<(typeof VIEWS)[number]>('chart');
  return (
    <Panel
      title={title}
      hint={hint}
      flush={view === 'table'}
      actions={
        <Flex
          role="group"
          aria-label={t('chart.view')}
          gap={1}
          background="neutral150"
          hasRadius
          padding={1}
        >
          {VIEWS.map((one) => (
            <Button
              key={one}
              size="S"
              variant={view === one ? 'tertiary' : 'ghost'}
              aria-pressed={view === one}
              onClick={() => setView(one)}
            >
              {t(`chart.view.${one}`)}
            </Button>
          ))}
        </Flex>
      }
    >
      {view === 'chart' ? chart : table}
    </Panel>
  );
};
