import Checkbox from '@cloudscape-design/components/checkbox';
import FormField from '@cloudscape-design/components/form-field';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { send } from '../api/request';
import type { GroupItem } from '../api/types';
import { useChange } from '../api/useChange';
import { FilterInput } from '../filter/FilterInput';
import { FormDialog } from '../forms/FormDialog';
import { faultOf } from '../forms/faults';
import { TextField } from '../forms/fields';
import { defaultMinutes, type TimeRange } from '../range/range';
import { notify } from '../shell/notices';

// Names are completed from what was there lately.
const recent: TimeRange = { kind: 'last', minutes: defaultMinutes };

interface GroupDialogProps {
  /** Null for a new one. */
  group: GroupItem | null;
  onClose: () => void;
}

/** Makes a group, or changes one; the default group has all traces. */
export function GroupDialog({ group, onClose }: GroupDialogProps) {
  const [name, setName] = useState(group?.name ?? '');
  // What the field shows at first, and what is written in it by now.
  const [shown, setShown] = useState(group?.filterExpression ?? '');
  const [filter, setFilter] = useState(shown);
  const [insights, setInsights] = useState(group?.insightsEnabled ?? false);
  const [notifications, setNotifications] = useState(group?.notificationsEnabled ?? false);
  const isDefault = group?.isDefault ?? false;
  const save = useChange(
    () => {
      const body = { name, filterExpression: isDefault ? null : filter, insightsEnabled: insights, notificationsEnabled: insights && notifications };
      return group === null ? send('post', '/groups', { body }) : send('put', '/groups/{name}', { path: { name: group.name }, body });
    },
    {
      topics: ['groups'],
      onDone: (saved) => {
        notify({ type: 'success', header: `Group ${saved.name} was saved` });
        onClose();
      },
    },
  );
  return (
    <FormDialog
      title={group === null ? 'Create a group' : `Edit ${group.name}`}
      verb="Save"
      busy={save.isPending}
      error={save.error}
      members={['GroupName', 'FilterExpression']}
      onSubmit={() => { save.mutate(undefined); }}
      onCancel={onClose}
    >
      {group === null && <TextField label="Name" member="GroupName" constraint="Up to 32 characters." error={save.error} value={name} onChange={setName} autoFocus />}
      {!isDefault && (
        <FormField label="Filter expression" description="Traces that it lets through are in the group; none for all." stretch errorText={faultOf(save.error, 'FilterExpression')}>
          <FilterInput value={shown} range={recent} onApply={setShown} onWrite={setFilter} />
        </FormField>
      )}
      <FormField label="Insights">
        <SpaceBetween size="xs">
          <Checkbox checked={insights} onChange={({ detail }) => { setInsights(detail.checked); }} description="Faults beyond what is usual in this group are found.">Enable insights</Checkbox>
          <Checkbox checked={insights && notifications} disabled={!insights} onChange={({ detail }) => { setNotifications(detail.checked); }} description="Each insight is told as an event.">Enable notifications</Checkbox>
        </SpaceBetween>
      </FormField>
    </FormDialog>
  );
}
