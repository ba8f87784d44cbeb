import Link from '@cloudscape-design/components/link';
import type { FunctionListItem } from '../api/types';
import { links } from '../routing/links';
import type { Column } from '../tables/ResourceTable';
import { formatBytes } from '../units/bytes';
import { formatDate, formatTimeOfDay } from '../units/moments';
import { StateLabel } from './StateLabel';

/** The columns of the list of functions: what it is, how it fares, what it is made of. */
export const columns: Column<FunctionListItem>[] = [
  { id: 'name', header: 'Function', width: 220, sortValue: ({ name }) => name, cell: ({ name }) => <Link href={links.function(name)}>{name}</Link>, isRowHeader: true },
  { id: 'state', header: 'State', width: 140, sortValue: ({ state }) => state, cell: (item) => <StateLabel {...item} /> },
  { id: 'invocations', header: 'Invocations', width: 142, sortValue: ({ invocations }) => invocations ?? 0, cell: ({ invocations }) => count(invocations) },
  { id: 'errors', header: 'Errors', width: 105, sortValue: ({ errors }) => errors ?? 0, cell: ({ errors }) => count(errors) },
  { id: 'throttles', header: 'Throttles', width: 128, sortValue: ({ throttles }) => throttles ?? 0, cell: ({ throttles }) => count(throttles) },
  { id: 'environments', header: 'Environments', width: 160, sortValue: ({ environments }) => environments, cell: ({ environments }) => count(environments) },
  { id: 'tracing', header: 'Tracing', width: 120, sortValue: ({ activeTracing }) => Number(activeTracing), cell: ({ activeTracing }) => (activeTracing ? 'Active' : 'Pass through') },
  { id: 'runtime', header: 'Runtime', width: 130, sortValue: ({ runtime }) => runtime, cell: ({ runtime }) => runtime },
  { id: 'memory', header: 'Memory', width: 105, sortValue: ({ memorySize }) => memorySize, cell: ({ memorySize }) => <span className="number">{memorySize} MB</span> },
  { id: 'timeout', header: 'Timeout', width: 105, sortValue: ({ timeout }) => timeout, cell: ({ timeout }) => <span className="number">{timeout} s</span> },
  { id: 'code', header: 'Code size', width: 115, sortValue: ({ codeSize }) => codeSize, cell: ({ codeSize }) => <span className="number">{formatBytes(codeSize)}</span> },
  {
    id: 'modified',
    header: 'Last modified',
    width: 180,
    sortValue: ({ lastModified }) => lastModified,
    cell: ({ lastModified }) => <span className="number">{formatDate(lastModified)} {formatTimeOfDay(lastModified).slice(0, 8)}</span>,
  },
  { id: 'description', header: 'Description', minWidth: 200, sortValue: ({ description }) => description, cell: ({ description }) => description || '–' },
];

function count(value: number | null) {
  return <span className="number">{value ?? '–'}</span>;
}
