import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { send } from '../api/request';
import type { FunctionDetail } from '../api/types';
import { useChange } from '../api/useChange';
import { ConfirmDialog } from '../forms/ConfirmDialog';
import { hrefTo } from '../routing/place';
import { go } from '../routing/usePlace';
import { notify } from '../shell/notices';
import { formatDate, formatTimeOfDay } from '../units/moments';
import { StateLabel } from './StateLabel';

/** What a function is, in a few lines above its tabs. */
export function FunctionHeader({ detail }: { detail: FunctionDetail }) {
  const [deleting, setDeleting] = useState(false);
  const remove = useChange(() => send('delete', '/functions/{name}', { path: { name: detail.name } }), {
    topics: ['functions'],
    onDone: () => {
      notify({ type: 'success', header: `Function ${detail.name} was deleted` });
      go(hrefTo(['functions']));
    },
  });
  const { settings } = detail;
  return (
    <SpaceBetween size="m">
      <Header
        variant="h1"
        {...(settings.description && { description: settings.description })}
        info={<CopyToClipboard variant="icon" textToCopy={detail.arn} copyButtonAriaLabel="Copy the ARN" copySuccessText="ARN copied" copyErrorText="The ARN could not be copied" />}
        actions={<Button onClick={() => { setDeleting(true); }}>Delete</Button>}
      >
        {detail.name}
      </Header>
      {detail.reason && (detail.state === 'Failed' || detail.lastUpdateStatus === 'Failed') && <Alert type="error" header="The code could not be prepared">{detail.reason}</Alert>}
      <Container>
        <KeyValuePairs
          columns={4}
          items={[
            { label: 'State', value: <StateLabel state={detail.state} lastUpdateStatus={detail.lastUpdateStatus} /> },
            { label: 'Runtime', value: `${settings.runtime}, ${settings.memorySize} MB, ${settings.timeout} s` },
            { label: 'Tracing', value: settings.activeTracing ? 'Active' : 'Pass through' },
            { label: 'Last modified', value: <span className="number">{formatDate(detail.lastModified)} {formatTimeOfDay(detail.lastModified).slice(0, 8)}</span> },
          ]}
        />
      </Container>
      {deleting && (
        <ConfirmDialog
          title={`Delete ${detail.name}?`}
          verb="Delete"
          busy={remove.isPending}
          error={remove.error}
          onConfirm={() => { remove.mutate(undefined); }}
          onCancel={() => { setDeleting(false); }}
        >
          Its versions, aliases, addresses and test events go with it. Its logs and traces stay.
        </ConfirmDialog>
      )}
    </SpaceBetween>
  );
}
