import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useTraceStatistics } from '../api/useTraces';
import { FilterBar } from '../filter/FilterBar';
import type { PageProps } from '../pages';
import { rangeOf } from '../range/range';
import { go, usePlace, withQuery } from '../routing/usePlace';
import { Failure } from '../shell/Failure';
import { Page } from '../shell/Page';
import { Breakdown } from './Breakdown';
import { Figures } from './Figures';
import { narrowed, questionOf } from './question';
import { TraceTable } from './TraceTable';

/** The traces of a time range, as a table, in figures and by kinds. What is chosen in any of them narrows the filter that all of them show. */
export function TracesPage({ query }: PageProps) {
  const place = usePlace();
  const question = questionOf(query);
  const by = query.get('by') ?? 'url';
  const { data, error, refetch } = useTraceStatistics({ ...question, by });
  const live = rangeOf(query).kind === 'last';
  const narrow = (expression: string, range: { from?: string; to?: string } = {}) => {
    go(withQuery(place, { filter: narrowed(question.filter, expression), ...(range.from ? { last: null, ...range } : {}) }));
  };
  return (
    <Page title="Traces">
      <SpaceBetween size="m">
        <Header variant="h1" counter={data && `(${data.count}${data.isWhole ? '' : '+'})`} description={live ? 'New traces appear by themselves.' : ''}>
          Traces
        </Header>
        <FilterBar />
        {error && <Failure header="The figures of the traces could not be read" error={error} onRetry={() => void refetch()} />}
        {data && data.count > 0 && <Figures statistics={data} onNarrow={narrow} />}
        {data && data.count > 0 && (
          <Breakdown
            statistics={data}
            by={by}
            onBy={(chosen) => {
              go(withQuery(place, { by: chosen === 'url' ? null : chosen }));
            }}
            onNarrow={narrow}
          />
        )}
        <TraceTable key={JSON.stringify(question)} question={question} query={query} />
      </SpaceBetween>
    </Page>
  );
}
