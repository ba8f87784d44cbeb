import SplitPanel from '@cloudscape-design/components/split-panel';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import Tabs from '@cloudscape-design/components/tabs';
import { useState } from 'react';
import type { TimelineRow } from '../../api/types';
import { useTraceRow } from '../../api/useTrace';
import { Failure } from '../../shell/Failure';
import { tabsOf } from './tabs';

interface RowPanelProps {
  traceId: string;
  row: TimelineRow;
  onSelect: (rowId: string) => void;
}

/** Everything that is known about one row, in tabs. */
export function RowPanel({ traceId, row, onSelect }: RowPanelProps) {
  const [wantedTab, setWantedTab] = useState('overview');
  const { data: details, error, refetch } = useTraceRow(traceId, row.id);
  const tabs = details ? tabsOf({ traceId, row, details, onSelect }) : [];
  // The tab stays from row to row where the next row has it, so that rows can be compared.
  const activeTab = tabs.some((tab) => tab.id === wantedTab) ? wantedTab : 'overview';
  return (
    <SplitPanel
      header={row.name}
      // The handle gets the focus when the panel opens, and its tooltip would cover the row that was chosen.
      i18nStrings={{ resizeHandleTooltipText: '' }}
    >
      {error && <Failure header="The row could not be read" error={error} onRetry={() => void refetch()} />}
      {!details && !error && <StatusIndicator type="loading">Reading the row</StatusIndicator>}
      {details && (
        <Tabs
          ariaLabel={`Details of ${row.name}`}
          tabs={tabs}
          activeTabId={activeTab}
          onChange={({ detail }) => {
            setWantedTab(detail.activeTabId);
          }}
        />
      )}
    </SplitPanel>
  );
}
