import Alert from '@cloudscape-design/components/alert';
import Container from '@cloudscape-design/components/container';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import Tabs from '@cloudscape-design/components/tabs';
import { Suspense, useCallback, useState } from 'react';
import type { LinkingTrace, Microseconds } from '../api/types';
import { useLinkingTraces, useTrace } from '../api/useTrace';
import type { PageProps } from '../pages';
import { links } from '../routing/links';
import type { Query } from '../routing/place';
import { replaceWith, usePlace, withQuery } from '../routing/usePlace';
import { Failure } from '../shell/Failure';
import { onDemand } from '../shell/onDemand';
import { Page } from '../shell/Page';
import { RowPanel } from './Details/RowPanel';
import { LogLines } from './LogLines';
import { OwnMap } from './OwnMap';
import { Timeline } from './Timeline';
import { TraceHeader } from './TraceHeader';
import type { TimeWindow } from './Waterfall/timeScale';

// Tables are large, and few traces have any.
const LinkedTraces = onDemand(async () => (await import('./LinkedTraces')).LinkedTraces);

/** One trace: what it was, its waterfall, what its functions logged, and the details of a chosen row. All of it has an address. */
export function TracePage({ params: { id = '' }, query }: PageProps) {
  const { data: trace, error, refetch } = useTrace(id);
  const linking = useLinkingTraces(id).data?.traces ?? noTraces;
  const linkCount = (trace?.links.length ?? 0) + linking.length;
  const place = usePlace();
  const [panelOpen, setPanelOpen] = useState(true);
  const [panelSize, setPanelSize] = useState(320);
  const selected = trace?.rows.find((row) => row.id === query.get('row'));
  const tab = query.get('tab') ?? 'timeline';

  const change = useCallback(
    (changed: Query) => {
      replaceWith(withQuery(place, changed));
    },
    [place],
  );
  const select = useCallback(
    (rowId: string) => {
      change({ row: rowId });
      setPanelOpen(true);
    },
    [change],
  );
  return (
    <Page
      title={id}
      trail={[{ text: 'Traces', href: links.traces() }]}
      splitPanel={trace && selected && <RowPanel traceId={id} row={selected} onSelect={select} />}
      splitPanelOpen={panelOpen}
      onSplitPanelToggle={({ detail }) => {
        setPanelOpen(detail.open);
      }}
      splitPanelSize={panelSize}
      onSplitPanelResize={({ detail }) => {
        setPanelSize(detail.size);
      }}
    >
      <SpaceBetween size="m">
        {error && <Failure header="The trace could not be read" error={error} onRetry={() => void refetch()} />}
        {!trace && !error && <StatusIndicator type="loading">Reading the trace</StatusIndicator>}
        {trace && <TraceHeader trace={trace} />}
        {trace && <OwnMap traceId={id} />}
        {trace && trace.orphanCount > 0 && (
          <Alert type="info">{`${trace.orphanCount === 1 ? 'A subsegment has' : `${trace.orphanCount} subsegments have`} come before the parent. Until that is there they stand behind the segments.`}</Alert>
        )}
        {trace && (
          <Container disableContentPaddings>
            <Tabs
              ariaLabel="Views of the trace"
              disableContentPaddings
              activeTabId={tab}
              onChange={({ detail }) => {
                change({ tab: detail.activeTabId === 'timeline' ? null : detail.activeTabId });
              }}
              tabs={[
                {
                  id: 'timeline',
                  label: 'Timeline',
                  content: (
                    <Timeline
                      trace={trace}
                      selectedId={selected?.id ?? null}
                      find={query.get('find') ?? ''}
                      zoom={zoomOf(query.get('zoom'))}
                      coveredPixels={selected && panelOpen ? panelSize : 0}
                      onSelect={select}
                      onFind={(find) => {
                        change({ find });
                      }}
                      onZoom={(zoom) => {
                        change({ zoom: zoom && `${zoom.from}-${zoom.to}` });
                      }}
                    />
                  ),
                },
                { id: 'logs', label: 'Log lines', content: <LogLines traceId={id} /> },
                ...(linkCount > 0
                  ? [{ id: 'links', label: `Linked traces (${linkCount})`, content: <Suspense><LinkedTraces trace={trace} linking={linking} onSelect={select} /></Suspense> }]
                  : []),
              ]}
            />
          </Container>
        )}
      </SpaceBetween>
    </Page>
  );
}

const noTraces: readonly LinkingTrace[] = [];

// Anybody may have written the address.
function zoomOf(text: string | null): TimeWindow | null {
  const [from, to] = (text ?? '').split('-').map(Number);
  return from !== undefined && to !== undefined && from >= 0 && from < to ? { from: from as Microseconds, to: to as Microseconds } : null;
}
