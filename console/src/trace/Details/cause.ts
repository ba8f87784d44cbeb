import { isObject, listOf, stringOf, textOf, type JsonObject } from './json';

/** Why a row failed: its own exceptions, or the id of one that another row of the trace recorded. */
export type Cause = { kind: 'reference'; exceptionId: string } | { kind: 'exceptions'; exceptions: TraceException[] };

export interface TraceException {
  type: string;
  message: string;
  /** True when a downstream service threw it. */
  remote: boolean;
  stack: string[];
  /** How many frames the SDK left out at the end. */
  truncated: number;
}

export function causeOf(document: JsonObject): Cause | null {
  const { cause } = document;
  if (typeof cause === 'string') return { kind: 'reference', exceptionId: cause };
  if (!isObject(cause)) return null;
  const exceptions = listOf(cause.exceptions).filter(isObject).map(readException);
  if (exceptions.length > 0) return { kind: 'exceptions', exceptions };
  // The SDK for Node.js refers to an exception by an object with its id and an empty list.
  const id = stringOf(cause.id);
  return id === undefined ? null : { kind: 'reference', exceptionId: id };
}

function readException(exception: JsonObject): TraceException {
  return {
    type: stringOf(exception.type) ?? 'Exception',
    message: stringOf(exception.message) ?? '',
    remote: exception.remote === true,
    stack: listOf(exception.stack).filter(isObject).map(readFrame),
    truncated: typeof exception.truncated === 'number' ? exception.truncated : 0,
  };
}

function readFrame({ label, path, line }: JsonObject): string {
  const place = [path, line].filter((part) => part !== undefined && part !== null).map(textOf).join(':');
  const name = stringOf(label);
  if (name === undefined || name === '') return `at ${place}`;
  return place === '' ? `at ${name}` : `at ${name} (${place})`;
}
