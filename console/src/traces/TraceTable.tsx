import CollectionPreferences from '@cloudscape-design/components/collection-preferences';
import Header from '@cloudscape-design/components/header';
import Pagination from '@cloudscape-design/components/pagination';
import Table from '@cloudscape-design/components/table';
import { useMemo, useState } from 'react';
import { useTraceList } from '../api/useTraces';
import { lengthInWords, rangeOf } from '../range/range';
import { go, usePlace, withQuery } from '../routing/usePlace';
import { Failure } from '../shell/Failure';
import { Arrivals, useArrivals } from './arrivals';
import { columns, usualColumns } from './columns';
import { NoTraces } from './NoTraces';
import { orderOf, orderQuery, orders, type Question } from './question';
import './traceTable.css';
import { pageSizes, storedPreferences, storePreferences } from './tablePreferences';

interface TraceTableProps {
  question: Question;
  query: URLSearchParams;
}

/** The traces, a page at a time. The first page follows what happens; the others begin where the page before ended, whatever arrives meanwhile. */
export function TraceTable({ question, query }: TraceTableProps) {
  const place = usePlace();
  const { order, descending } = orderOf(query);
  const [preferences, setPreferences] = useState(() => storedPreferences({ columns: usualColumns, pageSize: 50 }));
  const [{ of, begins, page }, setPaging] = useState<{ of: string; begins: readonly string[]; page: number }>({ of: '', begins: [], page: 1 });
  // Where the pages begin that have been seen, of this order and size: the second begins at the first of them.
  const sequence = `${order} ${String(descending)} ${preferences.pageSize}`;
  const [known, at] = of === sequence ? [begins, page] : [[], 1];
  const after = known[at - 2];
  const { data, error, isPending, isPlaceholderData, refetch } = useTraceList(
    { ...question, order, descending, limit: preferences.pageSize, ...(after === undefined ? {} : { after }) },
    after === undefined,
  );
  const traces = data?.traces ?? [];
  const ids = useMemo(() => data?.traces.map(({ id }) => id) ?? null, [data?.traces]);
  const arrivals = useArrivals(`${sequence} ${after ?? ''}`, isPlaceholderData ? null : ids);
  const range = rangeOf(query);
  return (
    <Arrivals value={arrivals}>
      {error && <Failure header="The traces could not be read" error={error} onRetry={() => void refetch()} />}
      <Table
        variant="container"
        stickyHeader
        resizableColumns
        trackBy="id"
        items={traces}
        ariaLabels={{ tableLabel: 'Traces' }}
        columnDefinitions={columns}
        columnDisplay={preferences.columns}
        loading={isPending && !error}
        loadingText="Reading traces"
        empty={<NoTraces filtered={Boolean(question.filter ?? question.group)} range={range.kind === 'last' ? `the last ${lengthInWords(range.minutes)}` : 'this time'} />}
        sortingColumn={columns.find(({ sortingField }) => sortingField === order) ?? {}}
        sortingDescending={descending}
        onSortingChange={({ detail }) => {
          const chosen = orders.find((known) => known === detail.sortingColumn.sortingField);
          if (chosen) go(withQuery(place, orderQuery(chosen, detail.isDescending ?? false)));
        }}
        header={
          <Header variant="h2" description={data && !data.isWhole ? 'There are more traces than can be put in this order: these are among the newest.' : ''}>
            Traces one by one
          </Header>
        }
        pagination={
          <Pagination
            currentPageIndex={at}
            pagesCount={Math.max(known.length + 1, data?.next == null ? at : at + 1)}
            openEnd={data?.next != null}
            ariaLabels={{ paginationLabel: 'Pages of traces', nextPageLabel: 'Next page', previousPageLabel: 'Previous page', pageLabel: (number) => `Page ${number}` }}
            onChange={({ detail }) => {
              const wanted = detail.currentPageIndex;
              const next = data?.next;
              const seen = next != null && known.length < at ? [...known.slice(0, at - 1), next] : known;
              if (wanted <= seen.length + 1) setPaging({ of: sequence, begins: seen, page: wanted });
            }}
          />
        }
        preferences={
          <CollectionPreferences
            title="Preferences"
            confirmLabel="Keep"
            cancelLabel="Cancel"
            preferences={{ contentDisplay: preferences.columns, pageSize: preferences.pageSize }}
            pageSizePreference={{ title: 'Traces on a page', options: pageSizes.map((value) => ({ value, label: `${value} traces` })) }}
            contentDisplayPreference={{
              title: 'Columns',
              options: columns.map(({ id = '', header }) => ({ id, label: typeof header === 'string' ? header : id, alwaysVisible: id === 'id' })),
            }}
            onConfirm={({ detail }) => {
              const chosen = { columns: detail.contentDisplay ?? preferences.columns, pageSize: detail.pageSize ?? preferences.pageSize };
              setPreferences(chosen);
              storePreferences(chosen);
            }}
          />
        }
      />
    </Arrivals>
  );
}
