import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useState } from 'react';
import type { ServiceMap } from '../api/types';
import { FilterBar } from '../filter/FilterBar';
import type { PageProps } from '../pages';
import { rangeOf } from '../range/range';
import { go, replaceWith, usePlace, withQuery } from '../routing/usePlace';
import { Failure } from '../shell/Failure';
import { Page } from '../shell/Page';
import { Legend } from './Drawing/Legend';
import { TraceMap } from './Drawing/TraceMap';
import { PartPanel } from './Panel/PartPanel';
import { useMap, type MapQuestion } from './useMap';
import './page.css';

/** All services, who calls whom, how often, how long it takes and how it goes. */
export function MapPage({ query }: PageProps) {
  const place = usePlace();
  const [search, setSearch] = useState('');
  const [panelSize, setPanelSize] = useState(440);
  const question: MapQuestion = { range: rangeOf(query), group: query.get('group') ?? '', filter: query.get('filter') ?? '' };
  const { data: map, error, refetch } = useMap(question);
  const chosen = query.get('part');
  const part = map ? partOf(chosen, map) : null;
  const choose = (id: string | null) => {
    if (id !== chosen) go(withQuery(place, { part: id }));
  };
  return (
    <Page
      title="Service map"
      contentType="default"
      splitPanel={part && <PartPanel key={chosen} part={part} question={question} />}
      splitPanelOpen={part !== null}
      onSplitPanelToggle={({ detail }) => {
        if (!detail.open) replaceWith(withQuery(place, { part: null }));
      }}
      splitPanelSize={panelSize}
      onSplitPanelResize={({ detail }) => {
        setPanelSize(detail.size);
      }}
      splitPanelPreferences={{ position: 'side' }}
    >
      <SpaceBetween size="s">
        <Header
          variant="h1"
          counter={map ? `(${map.nodes.length})` : ''}
          actions={
            <Input
              type="search"
              ariaLabel="Find a service"
              placeholder="Find a service"
              value={search}
              onChange={({ detail }) => {
                setSearch(detail.value);
              }}
            />
          }
        >
          Service map
        </Header>
        <FilterBar />
        {error && <Failure header="The map could not be read" error={error} onRetry={() => void refetch()} />}
        {map && <Remarks map={map} />}
        {!map && !error && <StatusIndicator type="loading">Reading the map</StatusIndicator>}
        {map?.nodes.length === 0 && <Empty narrowed={question.group !== '' || question.filter !== ''} />}
        {map && map.nodes.length > 0 && (
          <>
            <div className="map-canvas">
              <TraceMap name="services" nodes={map.nodes} edges={map.edges} selected={part ? chosen : null} onSelect={choose} search={search} />
            </div>
            <Legend />
          </>
        )}
      </SpaceBetween>
    </Page>
  );
}

/** The node or edge of an id; null when it is not on the map. */
function partOf(id: string | null, map: ServiceMap) {
  const node = map.nodes.find((one) => one.id === id);
  if (node) return { node };
  const edge = map.edges.find((one) => one.id === id);
  if (!edge) return null;
  const nameOf = (end: string) => map.nodes.find((one) => one.id === end)?.name ?? end;
  return { edge, source: nameOf(edge.source), target: nameOf(edge.target) };
}

/** What the figures leave out. */
function Remarks({ map }: { map: ServiceMap }) {
  return (
    <>
      {map.sampled !== null && <Alert type="info">More traces match than can be added up at once: these are the figures of the newest {map.sampled}.</Alert>}
      {map.hidden > 0 && <Alert type="info">{map.hidden} services with few requests are left out. A filter or a shorter range shows them.</Alert>}
    </>
  );
}

function Empty({ narrowed }: { narrowed: boolean }) {
  return (
    <Box textAlign="center" padding="xxl">
      <SpaceBetween size="xs">
        <Box variant="strong">{narrowed ? 'No traces match in this range of time' : 'No traces in this range of time'}</Box>
        <Box color="inherit">
          {narrowed ? (
            'Take a longer range, another group or another filter.'
          ) : (
            <>
              To get a first one, run <Box variant="code">lambray demo</Box>, or invoke a function whose tracing mode is Active. It appears here within seconds.
            </>
          )}
        </Box>
      </SpaceBetween>
    </Box>
  );
}
