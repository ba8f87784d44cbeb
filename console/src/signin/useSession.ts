import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { onSignedOut, read } from '../api/request';

const queryKey = ['session'];

/** Whether one has to sign in here, and who has. */
export function useSession() {
  const client = useQueryClient();
  // The server ends sessions by itself, when it is started anew or the key is taken away: whatever is refused for that asks here.
  useEffect(() => onSignedOut(() => void client.invalidateQueries({ queryKey })), [client]);
  return useQuery({ queryKey, queryFn: ({ signal }) => read('/session', {}, signal) });
}

/** Has everything asked for anew, by whoever is there now. */
export function useSessionChange(): () => Promise<void> {
  const client = useQueryClient();
  return async () => {
    await client.invalidateQueries({ queryKey });
    await client.invalidateQueries();
  };
}
