import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { send } from '../api/request';
import type { SamplingRuleItem } from '../api/types';
import { useChange } from '../api/useChange';
import { ConfirmDialog } from '../forms/ConfirmDialog';
import { notify } from '../shell/notices';
import { Failure } from '../shell/Failure';
import { Page } from '../shell/Page';
import { ResourceTable, type Column } from '../tables/ResourceTable';
import { matchOf, percent } from './matching';
import { useSamplingRules } from './queries';
import { RuleDialog } from './RuleDialog';

const columns: Column<SamplingRuleItem>[] = [
  { id: 'priority', header: 'Priority', width: 115, sortValue: ({ priority }) => priority, cell: ({ priority }) => <span className="number">{priority}</span> },
  { id: 'name', header: 'Rule', width: 180, sortValue: ({ name }) => name, cell: ({ name }) => name, isRowHeader: true },
  { id: 'matching', header: 'Requests that it is for', width: 260, sortValue: matchOf, cell: matchOf },
  { id: 'reservoir', header: 'Reservoir', width: 128, sortValue: ({ reservoirSize }) => reservoirSize, cell: ({ reservoirSize }) => <span className="number">{reservoirSize} /s</span> },
  { id: 'rate', header: 'Fixed rate', width: 130, sortValue: ({ fixedRate }) => fixedRate, cell: ({ fixedRate }) => <span className="number">{percent(fixedRate)}</span> },
  { id: 'requests', header: 'Requests', width: 125, sortValue: ({ requestCount }) => requestCount, cell: ({ requestCount }) => <span className="number">{requestCount}</span> },
  { id: 'sampled', header: 'Sampled', width: 120, sortValue: ({ sampledCount }) => sampledCount, cell: ({ sampledCount }) => <span className="number">{sampledCount}</span> },
  { id: 'borrowed', header: 'Borrowed', width: 126, sortValue: ({ borrowCount }) => borrowCount, cell: ({ borrowCount }) => <span className="number">{borrowCount}</span> },
  { id: 'trend', header: 'Last hour', minWidth: 150, cell: ({ name, windows }) => <Trend name={name} windows={windows} /> },
];

/** Which requests SDKs record: rules in the order in which they are tried. */
export function SamplingPage() {
  const { data, error, isPending, refetch } = useSamplingRules();
  const [name, setName] = useState<string | null>(null);
  const [open, setOpen] = useState<'new' | 'edit' | 'delete' | null>(null);
  const selected = data?.rules.find((rule) => rule.name === name) ?? null;
  const close = () => { setOpen(null); };
  const remove = useChange((rule: string) => send('delete', '/sampling-rules/{name}', { path: { name: rule } }), {
    topics: ['sampling'],
    onDone: () => {
      notify({ type: 'success', header: `Sampling rule ${name ?? ''} was deleted` });
      close();
    },
  });
  return (
    <Page title="Sampling rules" contentType="table">
      <SpaceBetween size="m">
        {error && <Failure header="The sampling rules could not be read" error={error} onRetry={() => void refetch()} />}
        {(data ?? !error) && (
          <ResourceTable
            id="sampling-rules"
            title="Sampling rules"
            description="SDKs try them in the order of their priority: so many requests a second first, then a rate of the rest. Counts are of the last hour."
            isPage
            items={data?.rules ?? []}
            loading={isPending}
            columns={columns}
            keyOf={(rule) => rule.name}
            textOf={(rule) => `${rule.name} ${matchOf(rule)}`}
            selected={selected}
            onSelect={(rule) => { setName(rule.name); }}
            actions={[
              <Button key="refresh" iconName="refresh" ariaLabel="Refresh" onClick={() => void refetch()} />,
              <Button key="delete" disabled={selected === null || selected.isDefault} onClick={() => { setOpen('delete'); }}>Delete</Button>,
              <Button key="edit" disabled={selected === null} onClick={() => { setOpen('edit'); }}>Edit</Button>,
              <Button key="create-sampling-rule" variant="primary" onClick={() => { setOpen('new'); }}>Create sampling rule</Button>,
            ]}
            empty={<Box textAlign="center">There are no rules.</Box>}
          />
        )}
      </SpaceBetween>
      {open === 'new' && <RuleDialog rule={null} onClose={close} />}
      {open === 'edit' && selected && <RuleDialog rule={selected} onClose={close} />}
      {open === 'delete' && selected && (
        <ConfirmDialog
          title={`Delete ${selected.name}?`}
          verb="Delete"
          busy={remove.isPending}
          error={remove.error}
          onConfirm={() => { remove.mutate(selected.name); }}
          onCancel={close}
        >
          Its requests go to the next rule that matches; SDKs notice within five minutes.
        </ConfirmDialog>
      )}
    </Page>
  );
}

const trendBars = 30;

// Two minutes a bar: how many of the requests were sampled.
function Trend({ name, windows }: Pick<SamplingRuleItem, 'name' | 'windows'>) {
  const newest = windows.at(-1);
  if (newest === undefined) return <Box color="text-body-secondary">No SDK has reported</Box>;
  const bars = Array.from({ length: trendBars }, () => ({ requests: 0, sampled: 0 }));
  for (const { time, requestCount, sampledCount } of windows) {
    const bar = bars[trendBars - 1 - Math.floor((newest.time - time) / 120_000_000)];
    if (bar === undefined) continue;
    bar.requests += requestCount;
    bar.sampled += sampledCount;
  }
  const highest = Math.max(...bars.map(({ requests }) => requests), 1);
  return (
    <svg viewBox={`0 0 ${trendBars * 4} 24`} width={trendBars * 4} height={24} role="img" aria-label={`Requests by ${name} in the last hour, the sampled ones in the darker colour`}>
      {bars.map(({ requests, sampled }, index) => (
        <g key={index}>
          <rect x={index * 4} y={24 - (requests / highest) * 24} width={3} height={(requests / highest) * 24} fill="var(--status-inProgress)" opacity={0.5} />
          <rect x={index * 4} y={24 - (sampled / highest) * 24} width={3} height={(sampled / highest) * 24} fill="var(--status-ok)" />
        </g>
      ))}
    </svg>
  );
}
