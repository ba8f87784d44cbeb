/** A JSON object out of a document that anybody may have sent: its fields can be anything. */
export type JsonObject = Record<string, unknown>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function stringOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

export function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The leaves of an object, each with the path to it: `request.url`. A list is one leaf. */
export function leavesOf(object: JsonObject, path = ''): [path: string, value: unknown][] {
  return Object.entries(object).flatMap(([key, value]): [string, unknown][] => {
    const here = path === '' ? key : `${path}.${key}`;
    return isObject(value) ? leavesOf(value, here) : [[here, value]];
  });
}

/** A value as text: strings as they are, all else as JSON. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
}
