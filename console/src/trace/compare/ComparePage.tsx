import Box from '@cloudscape-design/components/box';
import ColumnLayout from '@cloudscape-design/components/column-layout';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import Toggle from '@cloudscape-design/components/toggle';
import Button from '@cloudscape-design/components/button';
import type { ComparedTrace } from '../../api/types';
import { useTraceComparison } from '../../api/useTrace';
import type { PageProps } from '../../pages';
import { links } from '../../routing/links';
import { replaceWith, usePlace, withQuery } from '../../routing/usePlace';
import { Failure } from '../../shell/Failure';
import { Page } from '../../shell/Page';
import { StatusLabel } from '../../status/StatusLabel';
import { formatExactDuration } from '../../units/durations';
import { formatExactMoment } from '../../units/moments';
import { ComparisonTable } from './ComparisonTable';
import { differs } from './differences';
import { linkToComparison } from './linkToComparison';

/** Two traces side by side: what both did, what only one did, and how long it took each. */
export function ComparePage({ params: { id = '', other = '' }, query }: PageProps) {
  const { data, error, refetch } = useTraceComparison(id, other);
  const place = usePlace();
  const onlyDifferences = query.get('only') === 'differences';
  const works = data?.works ?? [];
  const shown = onlyDifferences ? works.filter(differs) : works;
  return (
    <Page title="Compare" trail={[{ text: 'Traces', href: links.traces() }, { text: id, href: links.trace(id) }]}>
      <SpaceBetween size="m">
        {error && <Failure header="The traces could not be compared" error={error} onRetry={() => void refetch()} />}
        {!data && !error && <StatusIndicator type="loading">Reading both traces</StatusIndicator>}
        {data && (
          <Container header={<Header variant="h1" actions={<Button href={linkToComparison(other, id)}>Swap</Button>}>Compare two traces</Header>}>
            <ColumnLayout columns={2} variant="text-grid">
              <OneTrace label="A" trace={data.before} />
              <OneTrace label="B" trace={data.after} />
            </ColumnLayout>
          </Container>
        )}
        {data && (
          <Container
            disableContentPaddings
            header={
              <Header
                variant="h2"
                counter={`(${works.filter(differs).length} of ${works.length} differ)`}
                actions={
                  <Toggle
                    checked={onlyDifferences}
                    onChange={({ detail }) => { replaceWith(withQuery(place, { only: detail.checked ? 'differences' : null })); }}
                  >
                    Only what differs
                  </Toggle>
                }
              >
                Work
              </Header>
            }
          >
            <ComparisonTable works={shown} />
          </Container>
        )}
      </SpaceBetween>
    </Page>
  );
}

function OneTrace({ label, trace }: { label: string; trace: ComparedTrace }) {
  return (
    <SpaceBetween size="xxs">
      <Box variant="h3" tagOverride="h2">
        {label}: <Link href={links.trace(trace.id)} fontSize="inherit"><span className="id">{trace.id}</span></Link>
      </Box>
      <StatusLabel status={trace.status} />
      <Box>
        <span className="number">{formatExactDuration(trace.duration)}</span>, {trace.rowCount} segments and subsegments
      </Box>
      <Box variant="small"><span className="number">{formatExactMoment(trace.startTime, 'local')}</span></Box>
    </SpaceBetween>
  );
}
