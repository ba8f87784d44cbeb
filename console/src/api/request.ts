/** The server answered with something other than 2xx, or did not answer (status 0). */
export class RequestFailure extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** Asks the console API; every way to fail comes out as a RequestFailure with a message for people. */
export async function get<Answer>(path: string, signal: AbortSignal): Promise<Answer> {
  const response = await ask(path, signal);
  const body = await readJson(response);
  if (!response.ok) throw new RequestFailure(response.status, messageOf(body) ?? `The server answered ${response.status}.`);
  if (body === undefined) throw new RequestFailure(response.status, 'The server answered with something that is not JSON.');
  return body as Answer;
}

async function ask(path: string, signal: AbortSignal): Promise<Response> {
  try {
    return await fetch(`/_lambray/api/${path}`, { signal, headers: { accept: 'application/json' } });
  } catch (error) {
    if (signal.aborted) throw error;
    throw new RequestFailure(0, 'The Lambray server does not answer. Is it running?');
  }
}

async function readJson(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    // A proxy in between, or a server going down, may answer with a page or with nothing.
    return undefined;
  }
}

function messageOf(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null || !('message' in body)) return undefined;
  return typeof body.message === 'string' ? body.message : undefined;
}
