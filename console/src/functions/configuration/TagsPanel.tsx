import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { send } from '../../api/request';
import type { FunctionDetail } from '../../api/types';
import { useChange } from '../../api/useChange';
import { FormFailure } from '../../forms/FormFailure';
import { PairsField } from '../../forms/PairsField';
import { faultOf } from '../../forms/faults';
import { fromRecord, toRecord } from '../../forms/pairs';
import { notify } from '../../shell/notices';

/** The tags of a function; they are of all its versions, and no version keeps them. */
export function TagsPanel({ detail }: { detail: FunctionDetail }) {
  const [tags, setTags] = useState(fromRecord(detail.tags));
  const save = useChange(() => send('put', '/functions/{name}/tags', { path: { name: detail.name }, body: { tags: toRecord(tags) } }), {
    topics: ['functions'],
    onDone: () => { notify({ type: 'success', header: `The tags of ${detail.name} were saved` }); },
  });
  return (
    <Container header={<Header variant="h2" actions={<Button loading={save.isPending} onClick={() => { save.mutate(undefined); }}>Save tags</Button>}>Tags</Header>}>
      <SpaceBetween size="m">
        <PairsField label="Tags" one="a tag" nameLabel="Key" empty="The function has no tags." pairs={tags} onChange={(pairs) => { setTags([...pairs]); }} fault={faultOf(save.error, 'tags')} />
        <FormFailure error={save.error} members={['tags']} />
      </SpaceBetween>
    </Container>
  );
}
