import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import SplitPanel from '@cloudscape-design/components/split-panel';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useState } from 'react';
import type { MapEdge, MapNode, MapPart } from '../../api/types';
import { queryOf, rangeChange } from '../../range/range';
import { links } from '../../routing/links';
import { go, usePlace, withQuery } from '../../routing/usePlace';
import { Failure } from '../../shell/Failure';
import { StatusLabel } from '../../status/StatusLabel';
import { formatDuration } from '../../units/durations';
import { kindOf } from '../Drawing/kinds';
import { outcomes, rateInWords, shareInWords, totalOf } from '../Drawing/ring';
import { useMapPart, type MapQuestion } from '../useMap';
import { Causes } from './Causes';
import { bothFilters, filterOfOutcome, filterOfTimes } from './filters';
import { Histogram, rangeInWords, type Brush } from './Histogram';
import { StatusCourse } from './StatusCourse';
import './panel.css';

interface PartPanelProps {
  /** What was chosen. */
  part: { node: MapNode } | { edge: MapEdge; source: string; target: string };
  question: MapQuestion;
}

/** Everything about a service or a call: how it went, how long it took, why it failed, and the ways to its traces and logs. */
export function PartPanel({ part, question }: PartPanelProps) {
  const { selector } = 'node' in part ? part.node : part.edge;
  const { data, error, refetch } = useMapPart(question, selector);
  const title = 'node' in part ? part.node.name : `${part.source} → ${part.target}`;
  return (
    // The handle gets the focus when the panel opens, and its tooltip would cover what was chosen.
    <SplitPanel header={title} hidePreferencesButton i18nStrings={{ resizeHandleTooltipText: '' }}>
      <SpaceBetween size="l">
        <Ways part={part} question={question} />
        {error && <Failure header="Its figures could not be read" error={error} onRetry={() => void refetch()} />}
        {!data && !error && <StatusIndicator type="loading">Adding up</StatusIndicator>}
        {data && <Figures part={data} selector={selector} question={question} isLink={'edge' in part && part.edge.link} />}
      </SpaceBetween>
    </SplitPanel>
  );
}

function Ways({ part, question }: PartPanelProps) {
  const { selector } = 'node' in part ? part.node : part.edge;
  const functionName = 'node' in part ? part.node.functionName : null;
  return (
    <SpaceBetween size="xs">
      {'node' in part && <Box color="text-body-secondary">{kindOf(part.node.type).name}{part.node.inferred && ', inferred from its callers'}</Box>}
      <SpaceBetween direction="horizontal" size="xs">
        <Button href={tracesOf(question, selector)}>View traces</Button>
        {functionName !== null && <Button href={links.functionLogs(functionName, queryOf(question.range))}>View logs</Button>}
        {functionName !== null && <Button href={links.function(functionName)}>Open function</Button>}
      </SpaceBetween>
    </SpaceBetween>
  );
}

function Figures({ part, selector, question, isLink }: { part: MapPart; selector: string; question: MapQuestion; isLink: boolean }) {
  const { figures } = part;
  const place = usePlace();
  if (totalOf(figures) === 0) return <Box>Nothing has finished in this range of time.</Box>;
  return (
    <SpaceBetween size="l">
      <div className="figures">
        <Figure name="Requests" value={`${totalOf(figures)}, ${rateInWords(figures.requestsPerMinute)}`} />
        <Figure name={isLink ? 'Average age' : 'Average'} value={figures.averageMicroseconds === null ? '–' : formatDuration(figures.averageMicroseconds)} />
        {part.percentiles.map(({ share, durationMicroseconds }) => (
          <Figure key={share} name={`p${share}`} value={formatDuration(durationMicroseconds)} />
        ))}
      </div>
      <div className="figures">
        {outcomes.map((outcome) => (
          <div key={outcome}>
            <StatusLabel status={outcome} />
            <div className="number">
              {figures[outcome] > 0 ? (
                <Link href={tracesOf(question, filterOfOutcome(selector, outcome))} ariaLabel={`Traces with ${outcome}: ${shareInWords(figures, outcome)}`}>
                  {shareInWords(figures, outcome)}
                </Link>
              ) : (
                '0 %'
              )}
            </div>
          </div>
        ))}
      </div>
      <ResponseTimes part={part} selector={selector} question={question} isLink={isLink} />
      <section>
        <Header variant="h3" description="Draw over the bars to look at that time alone.">Status over time</Header>
        <StatusCourse part={part} onRange={(from, to) => { go(withQuery(place, rangeChange({ kind: 'between', from, to }))); }} />
      </section>
      {part.causeTraces > 0 && <Causes part={part} />}
    </SpaceBetween>
  );
}

function ResponseTimes({ part, selector, question, isLink }: { part: MapPart; selector: string; question: MapQuestion; isLink: boolean }) {
  const [brush, setBrush] = useState<Brush | null>(null);
  const bins = part.histogram;
  const from = brush && bins[brush.first];
  const to = brush && bins[brush.last];
  return (
    <section>
      <Header variant="h3" description={isLink ? 'How old messages were when they were taken up.' : 'Draw over the bars to see the traces that took so long.'}>
        {isLink ? 'Age of messages' : 'Response times'}
      </Header>
      {/* Bars change as requests come in; a range over bars that are no more would say something else. */}
      <Histogram bins={bins} brush={from && to ? brush : null} onBrush={isLink ? undefined : setBrush} />
      {from && to && (
        <SpaceBetween direction="horizontal" size="xs">
          <Button variant="primary" href={tracesOf(question, filterOfTimes(selector, from, to))}>
            Traces {rangeInWords({ fromMicroseconds: from.fromMicroseconds, toMicroseconds: to.toMicroseconds })}
          </Button>
          <Button
            onClick={() => {
              setBrush(null);
            }}
          >
            Clear
          </Button>
        </SpaceBetween>
      )}
    </section>
  );
}

function Figure({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <Box variant="awsui-key-label">{name}</Box>
      <div className="number">{value}</div>
    </div>
  );
}

/** Traces of the page's own range, group and filter that meet a condition besides. */
export function tracesOf({ range, group, filter }: MapQuestion, condition: string): string {
  return links.traces({ ...queryOf(range), group, filter: bothFilters(filter, condition) });
}
