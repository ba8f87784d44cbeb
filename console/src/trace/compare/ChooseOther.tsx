import Autosuggest from '@cloudscape-design/components/autosuggest';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import type { TraceTimeline } from '../../api/types';
import { useTraceList } from '../../api/useTraces';
import { go } from '../../routing/usePlace';
import { formatDuration } from '../../units/durations';
import { formatTimeOfDay } from '../../units/moments';
import { linkToComparison } from './linkToComparison';

const traceIdPattern = /^1-[0-9a-f]{8}-[0-9a-f]{24}$/;

/** Asks for the trace to compare with: any by its id, or one of the last hours that entered by the same service. */
export function ChooseOther({ trace, onClose }: { trace: TraceTimeline; onClose: () => void }) {
  const [other, setOther] = useState('');
  const name = trace.rows[0]?.name ?? '';
  const { data } = useTraceList({ last: 24 * 60, filter: `service(${JSON.stringify(name)})`, limit: 100 });
  const isId = traceIdPattern.test(other.trim());
  return (
    <Modal
      visible
      header="Compare with another trace"
      onDismiss={onClose}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onClose}>Cancel</Button>
            <Button variant="primary" disabled={!isId} onClick={() => { go(linkToComparison(trace.id, other.trim())); }}>Compare</Button>
          </SpaceBetween>
        </Box>
      }
    >
      <FormField
        label="Other trace"
        description={`Its id, or choose one of the newest through ${name}.`}
        errorText={other !== '' && !isId && 'A trace id looks like 1-6553f100-000000000000000000000001.'}
      >
        <Autosuggest
          value={other}
          onChange={({ detail }) => { setOther(detail.value); }}
          enteredTextLabel={(text) => `Trace ${text}`}
          empty="No other trace"
          placeholder="1-…"
          options={(data?.traces ?? [])
            .filter(({ id }) => id !== trace.id)
            .map((item) => ({
              value: item.id,
              description: `${formatTimeOfDay(item.startTime)} · ${formatDuration(item.duration)} · ${item.httpUrl ?? item.name} · ${item.status}`,
            }))}
        />
      </FormField>
    </Modal>
  );
}
