import BarChart from '@cloudscape-design/components/bar-chart';
import Box from '@cloudscape-design/components/box';
import type { InsightMoment } from '../api/types';
import { formatMinute } from '../units/moments';
import { faultsByMinute } from './faultsByMinute';

/** How many faults each minute of an insight had. */
export function ImpactChart({ timeline }: { timeline: readonly InsightMoment[] }) {
  const minutes = faultsByMinute(timeline);
  return (
    <BarChart
      height={200}
      hideFilter
      xScaleType="categorical"
      ariaLabel="Faults by minute"
      series={[
        { title: 'Root cause', type: 'bar', data: minutes.map(({ time, rootCause }) => ({ x: formatMinute(time).slice(11), y: rootCause })) },
        { title: 'Clients', type: 'bar', data: minutes.map(({ time, clients }) => ({ x: formatMinute(time).slice(11), y: clients })) },
      ]}
      i18nStrings={{ chartAriaRoleDescription: 'bar chart', detailPopoverDismissAriaLabel: 'Close', legendAriaLabel: 'Legend', xAxisAriaRoleDescription: 'minutes', yAxisAriaRoleDescription: 'faults' }}
      empty={<Box textAlign="center">Nothing was counted yet.</Box>}
    />
  );
}
