import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Grid from '@cloudscape-design/components/grid';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { Microseconds, TraceStatistics } from '../api/types';
import { formatDuration } from '../units/durations';
import { Histogram } from './Histogram';
import { Scatter } from './Scatter';

interface FiguresProps {
  statistics: TraceStatistics;
  onNarrow: (expression: string, range?: { from: string; to: string }) => void;
}

/** How long requests took: how many so long, and when. Dragging over either picture narrows the filter to what is below. */
export function Figures({ statistics, onNarrow }: FiguresProps) {
  const { bins, points, percentiles, isWhole, count } = statistics;
  if (percentiles === null) return null;
  const shares = [['p50', percentiles.p50], ['p90', percentiles.p90], ['p95', percentiles.p95], ['p99', percentiles.p99]] as const;
  return (
    <Container
      header={
        <Header
          variant="h2"
          description={isWhole ? 'Drag over a part of either picture to see only its traces.' : `Of the newest ${count} traces. Drag over a part of either picture to see only its traces.`}
          actions={
            <SpaceBetween direction="horizontal" size="xxs" alignItems="center">
              {shares.map(([name, time]) => (
                <Button
                  key={name}
                  variant="link"
                  ariaLabel={`${name} ${formatDuration(time)}: show the slower ones`}
                  onClick={() => {
                    onNarrow(`responsetime >= ${secondsOf(time)}`);
                  }}
                >
                  {name} <span className="number">{formatDuration(time)}</span>
                </Button>
              ))}
            </SpaceBetween>
          }
        >
          Response times
        </Header>
      }
    >
      <Grid gridDefinition={[{ colspan: { default: 12, xs: 6 } }, { colspan: { default: 12, xs: 6 } }]}>
        <div>
          <Box variant="awsui-key-label">Traces by response time</Box>
          <Histogram
            bins={bins}
            onSelect={(from, to) => {
              onNarrow(timesBetween(from, to));
            }}
          />
        </div>
        <div>
          <Box variant="awsui-key-label">Response times over time</Box>
          <Scatter
            points={points}
            onSelect={({ fromTime, toTime, from, to }) => {
              onNarrow(timesBetween(from, to), { from: isoOf(fromTime), to: isoOf(toTime) });
            }}
          />
        </div>
      </Grid>
    </Container>
  );
}

function timesBetween(from: Microseconds, to: Microseconds): string {
  return `responsetime >= ${secondsOf(from)} AND responsetime < ${secondsOf(to)}`;
}

// Filter expressions count in seconds; without an exponent, as people write them.
function secondsOf(time: Microseconds): string {
  return (time / 1e6).toFixed(6).replace(/\.?0+$/, '');
}

function isoOf(epochMicroseconds: number): string {
  return new Date(epochMicroseconds / 1000).toISOString();
}
