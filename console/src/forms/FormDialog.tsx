import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Form from '@cloudscape-design/components/form';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useId, type ReactNode } from 'react';
import { FormFailure } from './FormFailure';

interface FormDialogProps {
  title: string;
  /** The verb on its button. */
  verb: string;
  busy: boolean;
  error: Error | null;
  /** Those that its fields tell of themselves. */
  members?: readonly string[];
  onSubmit: () => void;
  onCancel: () => void;
  children: ReactNode;
}

/** A form over the page; Enter sends it, Escape leaves it. */
export function FormDialog({ title, verb, busy, error, members = [], onSubmit, onCancel, children }: FormDialogProps) {
  const id = useId();
  return (
    <Modal
      visible
      size="large"
      header={title}
      closeAriaLabel="Close"
      onDismiss={onCancel}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" formAction="none" onClick={onCancel}>Cancel</Button>
            <Button variant="primary" loading={busy} form={id} formAction="submit">{verb}</Button>
          </SpaceBetween>
        </Box>
      }
    >
      <form
        id={id}
        ref={focusFirstField}
        onSubmit={(event) => {
          event.preventDefault();
          onSubmit();
        }}
      >
        <Form>
          <SpaceBetween size="l">
            {children}
            <FormFailure error={error} members={members} />
          </SpaceBetween>
        </Form>
      </form>
    </Modal>
  );
}

// The dialog itself would begin at its cross, and does so once it stands.
function focusFirstField(form: HTMLFormElement | null): void {
  requestAnimationFrame(() => form?.querySelector<HTMLElement>('input:not(:disabled), textarea, button')?.focus());
}
