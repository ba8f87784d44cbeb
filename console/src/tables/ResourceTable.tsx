import { useCollection } from '@cloudscape-design/collection-hooks';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import CollectionPreferences from '@cloudscape-design/components/collection-preferences';
import Header from '@cloudscape-design/components/header';
import Pagination from '@cloudscape-design/components/pagination';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import TextFilter from '@cloudscape-design/components/text-filter';
import type { ReactElement, ReactNode } from 'react';
import { pageSizes, useTablePreferences } from './preferences';

/** A column that can be found by text and sorted by. */
export interface Column<T> extends TableProps.ColumnDefinition<T> {
  id: string;
  header: string;
  /** What the column is sorted by; a column without is not. */
  sortValue?: (item: T) => string | number;
}

interface ResourceTableProps<T> {
  /** Names the choice of columns and rows that this browser remembers. */
  id: string;
  title: string;
  description?: ReactNode;
  /** The table is the page: its title is the page's heading. */
  isPage?: boolean;
  items: readonly T[];
  loading?: boolean;
  columns: readonly Column<T>[];
  keyOf: (item: T) => string;
  /** All that a text filter looks at. */
  textOf: (item: T) => string;
  /** One of these at most, where there is something to do with it. */
  selected?: T | null;
  onSelect?: (item: T) => void;
  actions?: readonly ReactElement[];
  empty: ReactNode;
}

const fewItems = 10;

/** Things of one kind, to filter, sort and page through; which columns and how many rows is the viewer's choice. */
export function ResourceTable<T>({ id, title, description, isPage = false, items, loading = false, columns, keyOf, textOf, selected, onSelect, actions, empty }: ResourceTableProps<T>) {
  const [preferences, setPreferences] = useTablePreferences(id, columns.map((column) => column.id));
  // Few things in the middle of a page need no tools.
  const hasTools = isPage || items.length > fewItems;
  const definitions = columns.map((column) => ({ ...column, ...sortingOf(column) }));
  const { items: shown, collectionProps, filterProps, filteredItemsCount = 0, paginationProps, actions: change } = useCollection(items, {
    filtering: { filteringFunction: (item, text) => textOf(item).toLowerCase().includes(text.toLowerCase()) },
    pagination: { pageSize: preferences.pageSize },
    sorting: {},
  });
  return (
    <Table<T>
      {...collectionProps}
      variant={isPage ? 'full-page' : 'container'}
      stickyHeader={isPage}
      resizableColumns
      trackBy={keyOf}
      items={shown}
      columnDefinitions={definitions}
      columnDisplay={columns.map((column) => ({ id: column.id, visible: preferences.visible.includes(column.id) }))}
      empty={filterProps.filteringText === '' ? empty : <NoMatch onClear={() => { change.setFiltering(''); }} />}
      loading={loading}
      loadingText={`Reading ${title.toLowerCase()}`}
      {...(onSelect && {
        selectionType: 'single',
        selectedItems: selected ? [selected] : [],
        onSelectionChange: ({ detail }) => {
          const [item] = detail.selectedItems;
          if (item) onSelect(item);
        },
        ariaLabels: {
          selectionGroupLabel: `Choice among ${title.toLowerCase()}`,
          itemSelectionLabel: (_state, item) => `Choose ${keyOf(item)}`,
        },
      })}
      header={
        <Header
          variant={isPage ? 'awsui-h1-sticky' : 'h2'}
          counter={loading ? '' : `(${items.length})`}
          description={description}
          actions={actions && <SpaceBetween direction="horizontal" size="xs">{actions}</SpaceBetween>}
        >
          {title}
        </Header>
      }
      filter={hasTools && (
        <TextFilter
          {...filterProps}
          filteringAriaLabel={`Find ${title.toLowerCase()}`}
          filteringPlaceholder={`Find ${title.toLowerCase()}`}
          countText={`${filteredItemsCount} ${filteredItemsCount === 1 ? 'match' : 'matches'}`}
        />
      )}
      pagination={hasTools && <Pagination {...paginationProps} ariaLabels={{ nextPageLabel: 'Next page', previousPageLabel: 'Previous page', pageLabel: (page) => `Page ${page}` }} />}
      preferences={hasTools && (
        <CollectionPreferences
          title="Preferences"
          confirmLabel="Confirm"
          cancelLabel="Cancel"
          preferences={{ pageSize: preferences.pageSize, visibleContent: preferences.visible }}
          pageSizePreference={{ title: 'Rows on a page', options: pageSizes.map((value) => ({ value, label: `${value} rows` })) }}
          visibleContentPreference={{
            title: 'Columns',
            options: [{ label: title, options: columns.map((column, index) => ({ id: column.id, label: column.header, editable: index > 0 })) }],
          }}
          onConfirm={({ detail }) => {
            setPreferences({ pageSize: detail.pageSize ?? preferences.pageSize, visible: [...(detail.visibleContent ?? preferences.visible)] });
          }}
        />
      )}
    />
  );
}

function NoMatch({ onClear }: { onClear: () => void }) {
  return (
    <Box textAlign="center" padding="l">
      <SpaceBetween size="xs">
        <Box variant="strong">Nothing matches</Box>
        <Button onClick={onClear}>Clear the filter</Button>
      </SpaceBetween>
    </Box>
  );
}

function sortingOf<T>({ sortValue }: Column<T>) {
  return sortValue && { sortingComparator: (one: T, other: T) => compare(sortValue(one), sortValue(other)) };
}

function compare(one: string | number, other: string | number): number {
  return typeof one === 'number' && typeof other === 'number' ? one - other : String(one).localeCompare(String(other));
}
