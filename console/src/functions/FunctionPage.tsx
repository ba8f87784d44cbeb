import Alert from '@cloudscape-design/components/alert';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import Tabs from '@cloudscape-design/components/tabs';
import type { ReactNode } from 'react';
import type { FunctionDetail } from '../api/types';
import type { PageProps } from '../pages';
import { hrefTo } from '../routing/place';
import { go } from '../routing/usePlace';
import { Failure } from '../shell/Failure';
import { Page } from '../shell/Page';
import { CodeTab } from './code/CodeTab';
import { ConfigurationTab } from './configuration/ConfigurationTab';
import { EnvironmentsTab } from './environments/EnvironmentsTab';
import { FunctionHeader } from './FunctionHeader';
import { LogsTab } from './logs/LogsTab';
import { MonitorTab } from './monitor/MonitorTab';
import { useFunction } from './queries';
import { TestTab } from './test/TestTab';
import { TracesTab } from './TracesTab';
import { TriggersTab } from './triggers/TriggersTab';
import { VersionsTab } from './versions/VersionsTab';

interface TabProps {
  detail: FunctionDetail;
  query: URLSearchParams;
}

/** The tabs in the order of what people do: try it, watch it, set it. */
const tabs: { id: string; label: string; content: (props: TabProps) => ReactNode }[] = [
  { id: 'test', label: 'Test', content: ({ detail }) => <TestTab detail={detail} /> },
  { id: 'monitor', label: 'Monitor', content: ({ detail, query }) => <MonitorTab name={detail.name} query={query} /> },
  { id: 'logs', label: 'Logs', content: ({ detail, query }) => <LogsTab detail={detail} query={query} /> },
  { id: 'traces', label: 'Traces', content: ({ detail, query }) => <TracesTab name={detail.name} query={query} /> },
  { id: 'environments', label: 'Environments', content: ({ detail }) => <EnvironmentsTab name={detail.name} /> },
  { id: 'configuration', label: 'Configuration', content: ({ detail }) => <ConfigurationTab detail={detail} /> },
  { id: 'triggers', label: 'Triggers', content: ({ detail }) => <TriggersTab detail={detail} /> },
  { id: 'versions', label: 'Versions and aliases', content: ({ detail }) => <VersionsTab detail={detail} /> },
  { id: 'code', label: 'Code', content: ({ detail }) => <CodeTab detail={detail} /> },
];

const firstTab = 'test';

/** One function: what it is, and in tabs all that can be done with it. */
export function FunctionPage({ params: { name = '', tab = firstTab }, query }: PageProps) {
  const { data: detail, error, refetch } = useFunction(name);
  const isGone = error !== null && 'status' in error && error.status === 404;
  return (
    <Page title={name} trail={[{ text: 'Functions', href: hrefTo(['functions']) }]}>
      <SpaceBetween size="l">
        {error && !isGone && <Failure header="The function could not be read" error={error} onRetry={() => void refetch()} />}
        {isGone && <Alert type="warning" header="There is no such function">{error.message}</Alert>}
        {!detail && !error && <StatusIndicator type="loading">Reading the function</StatusIndicator>}
        {detail && !isGone && (
          <SpaceBetween size="l">
            <FunctionHeader detail={detail} />
            <Tabs
              ariaLabel={`About ${name}`}
              onChange={({ detail: { activeTabHref } }) => { if (activeTabHref) go(activeTabHref); }}
              activeTabId={tabs.some(({ id }) => id === tab) ? tab : firstTab}
              tabs={tabs.map(({ id, label, content }) => ({ id, label, href: hrefTo(['functions', name, id]), content: id === tab && content({ detail, query }) }))}
            />
          </SpaceBetween>
        )}
      </SpaceBetween>
    </Page>
  );
}
