import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Form from '@cloudscape-design/components/form';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ReactNode } from 'react';
import { useChange } from '../api/useChange';
import { FormFailure } from '../forms/FormFailure';
import { notify } from '../shell/notices';

interface SettingFormProps {
  title: string;
  description: string;
  /** Those that its fields tell of themselves. */
  members: readonly string[];
  save: () => Promise<unknown>;
  children: (error: Error | null) => ReactNode;
}

/** One setting that takes effect when it is saved. */
export function SettingForm({ title, description, members, save, children }: SettingFormProps) {
  const { mutate, isPending, error } = useChange(save, {
    topics: ['settings'],
    onDone: () => { notify({ type: 'success', header: `${title}: saved` }); },
  });
  return (
    <form onSubmit={(event) => { event.preventDefault(); mutate(undefined); }}>
      <Container header={<Header variant="h2" description={description} actions={<Button loading={isPending} ariaLabel={`Save ${title}`}>Save</Button>}>{title}</Header>}>
        <Form>
          <SpaceBetween size="m">
            {children(error)}
            <FormFailure error={error} members={members} />
          </SpaceBetween>
        </Form>
      </Container>
    </form>
  );
}
