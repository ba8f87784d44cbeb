import type { ReactNode } from 'react';
import { SignInPage } from './SignInPage';
import { useSession } from './useSession';

/** The console for those who may see it; for the others, where they sign in. */
export function SignInGate({ children }: { children: ReactNode }) {
  const { data } = useSession();
  // A server that does not answer is told of by the page that asks it for something.
  return data?.isRequired && data.user === null ? <SignInPage /> : children;
}
