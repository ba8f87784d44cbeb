import SplitPanel from '@cloudscape-design/components/split-panel';
import Tabs from '@cloudscape-design/components/tabs';
import { useState } from 'react';
import type { TimelineRow } from '../../api/types';
import { tabsOf } from './tabs';

/** Everything that is known about one row, in tabs. */
export function RowPanel({ row }: { row: TimelineRow }) {
  const [wantedTab, setWantedTab] = useState('overview');
  const tabs = tabsOf(row);
  // The tab stays from row to row where the next row has it, so that rows can be compared.
  const activeTab = tabs.some((tab) => tab.id === wantedTab) ? wantedTab : 'overview';
  return (
    <SplitPanel
      header={row.name}
      // The handle gets the focus when the panel opens, and its tooltip would cover the row that was chosen.
      i18nStrings={{ resizeHandleTooltipText: '' }}
    >
      <Tabs
        ariaLabel={`Details of ${row.name}`}
        tabs={tabs}
        activeTabId={activeTab}
        onChange={({ detail }) => {
          setWantedTab(detail.activeTabId);
        }}
      />
    </SplitPanel>
  );
}
