import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { read } from '../api/request';
import { firstPage } from '../pages';
import { hrefTo } from '../routing/place';
import { replaceWith } from '../routing/usePlace';
import { LoadingPage } from '../shell/LoadingPage';
import { StartPage } from './StartPage';

/** The console's own address: a server that has nothing yet says how to get something, any other goes on to its first page. */
export function FirstPage() {
  // Asked once: what comes while somebody reads the page must not take it away.
  const { data, error } = useQuery({ queryKey: ['start'], queryFn: ({ signal }) => read('/start', {}, signal), refetchInterval: false });
  const isEmpty = data !== undefined && !data.hasFunctions && !data.hasTraces;
  // A server that does not answer is told of by that page.
  const goesOn = error !== null || (data !== undefined && !isEmpty);
  useEffect(() => {
    if (goesOn) replaceWith(hrefTo([firstPage]));
  }, [goesOn]);
  return isEmpty ? <StartPage /> : <LoadingPage />;
}
