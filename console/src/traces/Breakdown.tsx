import ExpandableSection from '@cloudscape-design/components/expandable-section';
import Link from '@cloudscape-design/components/link';
import Select from '@cloudscape-design/components/select';
import Table from '@cloudscape-design/components/table';
import type { BreakdownRow, Microseconds, TraceStatistics } from '../api/types';
import { formatDuration } from '../units/durations';
import './charts.css';

interface BreakdownProps {
  statistics: TraceStatistics;
  by: string;
  onBy: (by: string) => void;
  onNarrow: (expression: string) => void;
}

const subjects = [
  { value: 'url', label: 'URL' },
  { value: 'status', label: 'HTTP status' },
  { value: 'method', label: 'HTTP method' },
  { value: 'user', label: 'User' },
  { value: 'entryPoint', label: 'Entry point' },
];

/** The traces by something that they tell of themselves; choosing a kind narrows the filter to it. */
export function Breakdown({ statistics, by, onBy, onNarrow }: BreakdownProps) {
  const options = [...subjects, ...statistics.annotationKeys.map((key) => ({ value: `annotation:${key}`, label: `Annotation ${key}` }))];
  const chosen = options.find(({ value }) => value === by) ?? { value: by, label: by };
  return (
    <ExpandableSection
      variant="container"
      headerText="Breakdown"
      headerActions={
        <Select
          ariaLabel="Break down by"
          inlineLabelText="By"
          options={options}
          selectedOption={chosen}
          filteringType={options.length > 12 ? 'auto' : 'none'}
          onChange={({ detail }) => {
            onBy(detail.selectedOption.value ?? 'url');
          }}
        />
      }
    >
      <Table
        variant="embedded"
        ariaLabels={{ tableLabel: `Traces by ${chosen.label}` }}
        items={statistics.breakdown}
        trackBy={({ value }) => value ?? '\0none'}
        columnDefinitions={[
          { id: 'value', header: chosen.label, isRowHeader: true, cell: (row) => <Kind row={row} onNarrow={onNarrow} /> },
          { id: 'traces', header: 'Traces', cell: ({ counts }) => <Share of={counts.total} all={statistics.count} /> },
          { id: 'average', header: 'Average', cell: ({ average }) => <Time of={average} /> },
          { id: 'p95', header: 'p95', cell: ({ p95 }) => <Time of={p95} /> },
          { id: 'fault', header: 'Fault', cell: ({ counts }) => shareText(counts.fault, counts.total) },
          { id: 'error', header: 'Error', cell: ({ counts }) => shareText(counts.error, counts.total) },
          { id: 'throttle', header: 'Throttle', cell: ({ counts }) => shareText(counts.throttle, counts.total) },
        ]}
      />
    </ExpandableSection>
  );
}

function Kind({ row: { value, filter }, onNarrow }: { row: BreakdownRow; onNarrow: (expression: string) => void }) {
  if (filter === null) return <>{value ?? '(none)'}</>;
  return (
    // Anybody's text: it names what is shown, and leads nowhere.
    <Link href="#" onFollow={(event) => { event.preventDefault(); onNarrow(filter); }}>
      <span className="breakdown-value">{value}</span>
    </Link>
  );
}

function Share({ of: count, all }: { of: number; all: number }) {
  return (
    <span className="number">
      {count}
      <span className="breakdown-share"><span style={{ inlineSize: `${(count / all) * 100}%` }} /></span>
    </span>
  );
}

function Time({ of: time }: { of: Microseconds | null }) {
  return <span className="number">{time === null ? '–' : formatDuration(time)}</span>;
}

function shareText(count: number, all: number): string {
  return count === 0 ? '–' : `${Number(((count / all) * 100).toPrecision(3))} %`;
}
