import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Form from '@cloudscape-design/components/form';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { send } from '../api/request';
import { FormFailure } from '../forms/FormFailure';
import './signin.css';
import { useSessionChange } from './useSession';

/** Signing in with an access key, on a server that asks for signatures. */
export function SignInPage() {
  const [accessKeyId, setAccessKeyId] = useState('');
  const [secretAccessKey, setSecretAccessKey] = useState('');
  const changed = useSessionChange();
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => send('post', '/session', { body: { accessKeyId: accessKeyId.trim(), secretAccessKey: secretAccessKey.trim() } }),
    networkMode: 'always',
    onSuccess: changed,
  });
  useEffect(() => {
    document.title = 'Sign in – Lambray';
  }, []);
  return (
    <main className="sign-in">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          mutate();
        }}
      >
        <Container header={<Header variant="h1">Sign in</Header>}>
          <Form actions={<Button variant="primary" formAction="submit" loading={isPending}>Sign in</Button>}>
            <SpaceBetween size="l">
              <FormField label="Access key ID">
                <Input value={accessKeyId} onChange={({ detail }) => { setAccessKeyId(detail.value); }} autoFocus autoComplete="username" spellcheck={false} />
              </FormField>
              <FormField label="Secret access key">
                <Input type="password" value={secretAccessKey} onChange={({ detail }) => { setSecretAccessKey(detail.value); }} autoComplete="current-password" />
              </FormField>
              <FormFailure error={error} />
              <Box color="text-body-secondary">
                A user’s key, or the root’s: <Box variant="code">lambray credentials</Box> shows that on the server’s machine.
              </Box>
            </SpaceBetween>
          </Form>
        </Container>
      </form>
    </main>
  );
}
