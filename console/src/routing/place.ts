/** A place in the console. It lives in the fragment of the address, so that a link to it needs nothing of the server. */
export interface Place {
  /** The parts of the path, decoded: `#/traces/1-2` is `['traces', '1-2']`. */
  path: readonly string[];
  query: URLSearchParams;
}

/** Query parameters; those without a value are left out. */
export type Query = Record<string, string | number | null | undefined>;

export function parsePlace(hash: string): Place {
  const [path = '', ...query] = hash.replace(/^#?\/?/, '').split('?');
  return { path: path.split('/').filter((part) => part !== '').map(decode), query: new URLSearchParams(query.join('?')) };
}

export function hrefTo(path: readonly string[], query: Query = {}): string {
  const given = Object.entries(query).flatMap(([name, value]) => (value == null || value === '' ? [] : [[name, String(value)]]));
  const search = given.length > 0 ? `?${new URLSearchParams(given).toString()}` : '';
  return `#/${path.map(encodeURIComponent).join('/')}${search}`;
}

/** The values of the names in a pattern such as `traces/:id`; null when the path is another. */
export function matchPath(pattern: string, path: readonly string[]): Record<string, string> | null {
  const wanted = pattern.split('/').filter((part) => part !== '');
  if (wanted.length !== path.length) return null;
  const values: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const given = path[index] ?? '';
    if (part.startsWith(':')) values[part.slice(1)] = given;
    else if (part !== given) return null;
  }
  return values;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    // A stray % in a hand-written address stands for itself.
    return part;
  }
}
