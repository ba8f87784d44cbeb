import type { TabsProps } from '@cloudscape-design/components/tabs';
import type { TimelineRow } from '../../api/types';
import { Exceptions } from './Exceptions';
import { causeOf } from './cause';
import { Fields } from './Fields';
import { isObject } from './json';
import { JsonText } from './JsonText';
import { Metadata } from './Metadata';
import { Overview } from './Overview';

/** The tabs of a row: always its overview and document, and between them what the document has. */
export function tabsOf(row: TimelineRow): TabsProps.Tab[] {
  const { http, aws, sql, annotations, metadata } = row.document;
  const cause = causeOf(row.document);
  const tabs: (TabsProps.Tab | false | null)[] = [
    { id: 'overview', label: 'Overview', content: <Overview row={row} /> },
    isObject(http) && { id: 'http', label: 'HTTP', content: <Fields of={http} /> },
    isObject(aws) && { id: 'aws', label: 'AWS', content: <Fields of={aws} /> },
    isObject(sql) && { id: 'sql', label: 'SQL', content: <Fields of={sql} /> },
    isObject(annotations) && { id: 'annotations', label: 'Annotations', content: <Fields of={annotations} /> },
    isObject(metadata) && { id: 'metadata', label: 'Metadata', content: <Metadata of={metadata} /> },
    cause && { id: 'exceptions', label: 'Exceptions', content: <Exceptions cause={cause} /> },
    { id: 'document', label: 'Document', content: <JsonText of={row.document} /> },
  ];
  return tabs.filter((tab) => !!tab);
}
