import Container from '@cloudscape-design/components/container';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useState } from 'react';
import { useTrace } from '../api/useTrace';
import type { PageProps } from '../pages';
import { links } from '../routing/links';
import { Failure } from '../shell/Failure';
import { Page } from '../shell/Page';
import { RowPanel } from './Details/RowPanel';
import { TraceHeader } from './TraceHeader';
import { Waterfall } from './Waterfall/Waterfall';

/** One trace: what it was, its waterfall, and the details of a chosen row. */
export function TracePage({ params: { id = '' } }: PageProps) {
  const { data: trace, error, refetch } = useTrace(id);
  const [selectedId, setSelectedId] = useState<string | null>(null);
  const [panelOpen, setPanelOpen] = useState(false);
  const [panelSize, setPanelSize] = useState(320);
  const selected = trace?.rows.find((row) => row.id === selectedId);

  const select = (rowId: string) => {
    setSelectedId(rowId);
    setPanelOpen(true);
  };
  return (
    <Page
      title={id}
      trail={[{ text: 'Traces', href: links.traces() }]}
      splitPanel={selected && <RowPanel row={selected} />}
      splitPanelOpen={panelOpen}
      onSplitPanelToggle={({ detail }) => {
        setPanelOpen(detail.open);
      }}
      splitPanelSize={panelSize}
      onSplitPanelResize={({ detail }) => {
        setPanelSize(detail.size);
      }}
    >
      <SpaceBetween size="l">
        {error && <Failure header="The trace could not be read" error={error} onRetry={() => void refetch()} />}
        {!trace && !error && <StatusIndicator type="loading">Reading the trace</StatusIndicator>}
        {trace && <TraceHeader trace={trace} />}
        {trace && (
          <Container disableContentPaddings>
            <Waterfall trace={trace} selectedId={selectedId} onSelect={select} coveredPixels={panelOpen ? panelSize : 0} />
          </Container>
        )}
      </SpaceBetween>
    </Page>
  );
}
