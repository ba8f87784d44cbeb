/** A place in the console. It lives in the fragment of the address, so that a link to it needs nothing of the server. */
export type Route = { page: 'traces'; minutes: number } | { page: 'trace'; id: string } | { page: 'unknown' };

export const defaultMinutes = 60;

export function parseRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#?\/?/, '').split('?', 2);
  const [page, id, ...rest] = path.split('/').map(decode);
  if (rest.length > 0) return { page: 'unknown' };
  if (page === 'traces' && id) return { page: 'trace', id };
  if (page === 'traces' || path === '') return { page: 'traces', minutes: parseMinutes(query) };
  return { page: 'unknown' };
}

export function hrefOf(route: Route): string {
  switch (route.page) {
    case 'traces':
      return route.minutes === defaultMinutes ? '#/traces' : `#/traces?minutes=${route.minutes}`;
    case 'trace':
      return `#/traces/${encodeURIComponent(route.id)}`;
    case 'unknown':
      return '#/';
  }
}

function parseMinutes(query: string): number {
  const minutes = Number(new URLSearchParams(query).get('minutes'));
  return Number.isInteger(minutes) && minutes > 0 ? minutes : defaultMinutes;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    // A stray % in a hand-written address stands for itself.
    return part;
  }
}
