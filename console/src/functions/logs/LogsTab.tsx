import Alert from '@cloudscape-design/components/alert';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import FormField from '@cloudscape-design/components/form-field';
import Grid from '@cloudscape-design/components/grid';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Toggle from '@cloudscape-design/components/toggle';
import { useState } from 'react';
import type { FunctionDetail } from '../../api/types';
import { rangeOf } from '../../range/range';
import { RangePicker } from '../../range/RangePicker';
import { replaceWith, usePlace, withQuery } from '../../routing/usePlace';
import { Failure } from '../../shell/Failure';
import { useFunctionLog } from '../queries';
import { LogLines } from './LogLines';

interface LogsTabProps {
  detail: FunctionDetail;
  query: URLSearchParams;
}

/** The function's log, followed as it grows. */
export function LogsTab({ detail, query }: LogsTabProps) {
  const place = usePlace();
  const pattern = query.get('pattern') ?? '';
  const [follow, setFollow] = useState(true);
  const { data, error, isPending, isPlaceholderData, refetch } = useFunctionLog(detail.name, rangeOf(query), pattern, query.get('stream') ?? '');
  return (
    <Container
      header={
        <Header variant="h2" description={`Log group ${detail.settings.logGroup}`} actions={<RangePicker />}>
          Log
        </Header>
      }
    >
      <SpaceBetween size="m">
        {!detail.role.mayLog && <Alert type="warning">The execution role may not write logs: what the function prints is not kept.</Alert>}
        <Grid gridDefinition={[{ colspan: { default: 12, s: 9 } }, { colspan: { default: 12, s: 3 } }]}>
          <FormField label="Filter pattern" description={<>As in CloudWatch Logs: <code>ERROR</code>, <code>&quot;two words&quot;</code>, <code>{'{ $.level = "WARN" }'}</code>. Press Enter to search.</>} stretch>
            <PatternInput key={pattern} pattern={pattern} onSubmit={(next) => { replaceWith(withQuery(place, { pattern: next })); }} />
          </FormField>
          <FormField label="New lines" description="They appear by themselves.">
            <Toggle checked={follow} onChange={({ detail: { checked } }) => { setFollow(checked); }}>Scroll to the newest</Toggle>
          </FormField>
        </Grid>
        {error && <Failure header="The log could not be read" error={error} onRetry={() => void refetch()} />}
        {data?.isWhole === false && <Alert type="info">These are the newest {data.lines.length} lines. A filter or a shorter range shows what is older.</Alert>}
        <LogLines
          lines={data?.lines ?? []}
          loading={isPending || isPlaceholderData}
          follow={follow}
          empty={pattern === '' ? 'Nothing was logged in this time.' : 'No line of this time matches.'}
        />
      </SpaceBetween>
    </Container>
  );
}

function PatternInput({ pattern, onSubmit }: { pattern: string; onSubmit: (pattern: string) => void }) {
  const [text, setText] = useState(pattern);
  return (
    <form onSubmit={(event) => { event.preventDefault(); onSubmit(text); }}>
      <Input
        type="search"
        ariaLabel="Filter pattern"
        value={text}
        onChange={({ detail }) => {
          setText(detail.value);
          // The cross in the field empties it.
          if (detail.value === '') onSubmit('');
        }}
      />
    </form>
  );
}
