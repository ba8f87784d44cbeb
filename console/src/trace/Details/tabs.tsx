import type { TabsProps } from '@cloudscape-design/components/tabs';
import type { TimelineRow, TraceRowDetails } from '../../api/types';
import { LogLines } from '../LogLines';
import { causeOf } from './cause';
import { DocumentText } from './DocumentText';
import { Exceptions } from './Exceptions';
import { Fields } from './Fields';
import { isObject } from './json';
import { Metadata } from './Metadata';
import { Overview } from './Overview';
import { Resources } from './Resources';
import { Sql } from './Sql';

interface RowProps {
  traceId: string;
  row: TimelineRow;
  details: TraceRowDetails;
  onSelect: (rowId: string) => void;
}

/** The tabs of a row: always its overview and document, and between them what the document has. */
export function tabsOf({ traceId, row, details, onSelect }: RowProps): TabsProps.Tab[] {
  const { document } = details;
  const { http, sql, annotations, metadata } = document;
  const cause = causeOf(document);
  const tabs: (TabsProps.Tab | false | null)[] = [
    { id: 'overview', label: 'Overview', content: <Overview row={row} details={details} /> },
    hasResources(document) && { id: 'resources', label: 'Resources', content: <Resources document={document} /> },
    isObject(http) && { id: 'http', label: 'HTTP', content: <Fields of={http} /> },
    isObject(sql) && { id: 'sql', label: 'SQL', content: <Sql of={sql} /> },
    isObject(annotations) && { id: 'annotations', label: 'Annotations', content: <Fields of={annotations} /> },
    isObject(metadata) && { id: 'metadata', label: 'Metadata', content: <Metadata of={metadata} /> },
    cause && { id: 'exceptions', label: 'Exceptions', content: <Exceptions cause={cause} causeRowId={details.causeRowId} onSelect={onSelect} /> },
    row.origin === 'AWS::Lambda' && { id: 'logs', label: 'Log lines', content: <LogLines traceId={traceId} rowId={row.id} /> },
    { id: 'document', label: 'Document', content: <DocumentText traceId={traceId} row={row} details={details} /> },
  ];
  return tabs.filter((tab) => !!tab);
}

function hasResources({ aws, service, resource_arn: arn, user }: Record<string, unknown>): boolean {
  return isObject(aws) || isObject(service) || typeof arn === 'string' || typeof user === 'string';
}
