import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { send } from '../../api/request';
import type { FunctionDetail } from '../../api/types';
import { useChange } from '../../api/useChange';
import { FormFailure } from '../../forms/FormFailure';
import { notify } from '../../shell/notices';
import { formatBytes } from '../../units/bytes';
import { CodeField } from '../CodeField';
import { isChosen, noCode, toCode } from '../codeChoice';

/** The deployment package: to look at elsewhere, or to replace. */
export function CodeTab({ detail }: { detail: FunctionDetail }) {
  const [code, setCode] = useState(noCode);
  const update = useChange(
    async () => send('put', '/functions/{name}/code', { path: { name: detail.name }, body: { ...(await toCode(code)), revisionId: detail.revisionId } }),
    {
      topics: ['functions'],
      onDone: () => {
        setCode(noCode);
        notify({ type: 'success', header: `The code of ${detail.name} was replaced` });
      },
    },
  );
  const download = `/_lambray/code/${encodeURIComponent(detail.name)}/${encodeURIComponent(detail.version)}`;
  return (
    <Container header={<Header variant="h2" actions={<Button iconName="download" href={download} download={`${detail.name}.zip`}>Download</Button>}>Code</Header>}>
      <SpaceBetween size="l">
        <KeyValuePairs
          columns={3}
          items={[
            { label: 'Package size', value: formatBytes(detail.codeSize) },
            { label: 'Handler', value: detail.settings.handler },
            { label: 'SHA-256', value: <span className="id">{detail.codeSha256}</span> },
          ]}
        />
        <CodeField code={code} onChange={setCode} description="A zip that takes the place of the one that is there." error={update.error} />
        <FormFailure error={update.error} />
        <Button disabled={!isChosen(code)} loading={update.isPending} onClick={() => { update.mutate(undefined); }}>Replace the code</Button>
      </SpaceBetween>
    </Container>
  );
}
