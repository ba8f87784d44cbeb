import { fireEvent, screen } from '@testing-library/react';
import { beforeEach, expect, test, vi } from 'vitest';
import { openConsole } from '../console';

let user: string | null = null;
const sent: unknown[] = [];

beforeEach(() => {
  user = null;
  sent.length = 0;
  vi.stubGlobal('fetch', (path: string, { method, body }: RequestInit) => {
    if (!path.endsWith('/session')) return Promise.resolve(Response.json({ code: 'SignInRequired', message: 'Sign in first', members: [] }, { status: 401 }));
    if (method === 'POST') {
      sent.push(JSON.parse(body as string));
      if (sent.length === 1) return Promise.resolve(Response.json({ code: 'InvalidClientTokenId', message: 'There is no such access key.', members: [] }, { status: 403 }));
      user = 'arn:aws:iam::123456789012:user/ann';
      return Promise.resolve(new Response(null, { status: 204 }));
    }
    if (method === 'DELETE') {
      user = null;
      return Promise.resolve(new Response(null, { status: 204 }));
    }
    return Promise.resolve(Response.json({ isRequired: true, user }));
  });
});

test('who has not signed in does so first, and is told when the key is wrong', async () => {
  openConsole('#/traces');
  expect(await screen.findByRole('heading', { name: 'Sign in' })).toBeTruthy();
  fireEvent.change(screen.getByLabelText('Access key ID'), { target: { value: ' AKIAANN ' } });
  fireEvent.change(screen.getByLabelText('Secret access key'), { target: { value: 'secret' } });
  fireEvent.click(screen.getByRole('button', { name: 'Sign in' }));
  expect(await screen.findByText('There is no such access key.')).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: 'Sign in' }));
  expect((await screen.findAllByText('ann')).length).toBeGreaterThan(0);
  expect(screen.queryByRole('heading', { name: 'Sign in' })).toBeNull();
  expect(sent.at(-1)).toEqual({ accessKeyId: 'AKIAANN', secretAccessKey: 'secret' });
});
