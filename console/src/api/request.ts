import { againIfLost } from './again';
import type { ApiError, ApiMemberFault, paths } from './types';

/** The server answered with something other than 2xx, or did not answer (status 0). */
export class RequestFailure extends Error {
  constructor(
    readonly status: number,
    message: string,
    /** In AWS's words, such as ResourceNotFoundException. */
    readonly code?: string,
    /** Which members of what was sent are wrong, where it is known. */
    readonly members: readonly ApiMemberFault[] = [],
  ) {
    super(message);
  }
}

type Verb = 'get' | 'post' | 'put' | 'delete';
type Operation<P extends string, V extends Verb> = paths[`/_lambray/api${P}` & keyof paths][V];

/** The paths that know a verb, without what all of them begin with: `/traces/{traceId}`. */
export type PathOf<V extends Verb> = {
  [P in keyof paths]: paths[P][V] extends object ? (P extends `/_lambray/api${infer Rest}` ? Rest : never) : never;
}[keyof paths];

/** What an endpoint answers; nothing where it has nothing to say. */
export type AnswerOf<P extends string, V extends Verb = 'get'> =
  Operation<P, V> extends { responses: { 200: { content: { 'application/json': infer Answer } } } } ? Answer : undefined;

/** What an endpoint is asked with: values for the names in its path, query parameters, a body. */
export type AskedOf<P extends string, V extends Verb = 'get'> = PathValues<Operation<P, V>> & QueryValues<Operation<P, V>> & BodyValue<Operation<P, V>>;
type PathValues<O> = O extends { parameters: { path: infer Values } } ? { path: Values } : object;
// What has no value is left out of the address.
type Unsaid<Values> = { [Name in keyof Values]: Values[Name] | undefined };
type QueryValues<O> =
  O extends { parameters: { query: infer Values } } ? { query: Values }
  : O extends { parameters: { query?: infer Values } } ? { query?: Unsaid<Exclude<Values, undefined>> | undefined }
  : object;
type BodyValue<O> = O extends { requestBody: { content: { 'application/json': infer Body } } } ? { body: Body } : object;

interface Asked {
  path?: Record<string, string | number>;
  query?: Record<string, string | number | boolean | null | undefined>;
  body?: unknown;
}

// The server takes changes from nobody who does not send it; a page of another origin cannot.
const pageHeader = { 'x-lambray-console': '1' };

/** Reads from the console API; every way to fail comes out as a RequestFailure with a message for people. */
export function read<P extends PathOf<'get'>>(path: P, asked: AskedOf<P>, signal: AbortSignal): Promise<AnswerOf<P>> {
  return ask('get', path, asked as Asked, signal) as Promise<AnswerOf<P>>;
}

/** Changes something by the console API; fails as `read` does. */
export function send<V extends Exclude<Verb, 'get'>, P extends PathOf<V>>(verb: V, path: P, asked: AskedOf<P, V>): Promise<AnswerOf<P, V>> {
  return ask(verb, path, asked as Asked) as Promise<AnswerOf<P, V>>;
}

const signedOut = new Set<() => void>();

/**
 * Tells when a request was refused because nobody is signed in.
 * @returns Ends it.
 */
export function onSignedOut(listener: () => void): () => void {
  signedOut.add(listener);
  return () => signedOut.delete(listener);
}

async function ask(verb: Verb, path: string, asked: Asked, signal?: AbortSignal): Promise<unknown> {
  const attempt = () => answerTo(verb, urlOf(path, asked), asked.body, signal);
  // A change may have been made although its answer was lost.
  const response = await (verb === 'get' ? againIfLost(attempt, (error) => error instanceof RequestFailure) : attempt());
  const text = await response.text();
  const body = parse(text);
  if (response.status === 401) signedOut.forEach((tell) => { tell(); });
  if (!response.ok) throw failureOf(response.status, body);
  if (body === undefined && text !== '') throw new RequestFailure(response.status, 'The server answered with something that is not JSON.');
  return body;
}

async function answerTo(verb: Verb, url: string, body: unknown, signal?: AbortSignal): Promise<Response> {
  try {
    return await fetch(url, {
      method: verb.toUpperCase(),
      headers: { accept: 'application/json', ...pageHeader, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new RequestFailure(0, 'The Lambray server does not answer. Is it running?');
  }
}

function urlOf(path: string, { path: values = {}, query = {} }: Asked): string {
  const filled = path.replace(/\{(\w+)\}/g, (_match, name: string) => encodeURIComponent(values[name] ?? ''));
  const given = Object.entries(query).flatMap(([name, value]) => (value == null ? [] : [[name, String(value)]]));
  return `/_lambray/api${filled}${given.length > 0 ? `?${new URLSearchParams(given).toString()}` : ''}`;
}

// A proxy in between, or a server going down, may answer with a page or with nothing.
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function failureOf(status: number, body: unknown): RequestFailure {
  if (typeof body !== 'object' || body === null) return new RequestFailure(status, `The server answered ${status}.`);
  const { message, code, members } = body as Partial<ApiError>;
  return new RequestFailure(status, typeof message === 'string' ? message : `The server answered ${status}.`, code, members);
}
