import { expect, it } from 'vitest';
import { causeOf } from '../../../src/trace/Details/cause';

it('finds no cause where there is none', () => {
  expect(causeOf({})).toBeNull();
});

it('reads an exception with its stack', () => {
  const stack = [{ label: 'handler', path: '/var/task/index.js', line: 7 }, { label: 'next', path: 'node', line: null }];
  const cause = causeOf({ cause: { exceptions: [{ type: 'NoSuchKey', message: 'gone', remote: true, truncated: 2, stack }] } });
  expect(cause).toEqual({
    kind: 'exceptions',
    exceptions: [
      { type: 'NoSuchKey', message: 'gone', remote: true, truncated: 2, stack: ['at handler (/var/task/index.js:7)', 'at next (node)'] },
    ],
  });
});

it.each([
  ['as a string', '60a39bd7cd780b1e'],
  ['as the SDK for Node.js does', { id: '60a39bd7cd780b1e', exceptions: [] }],
])('follows a reference written %s', (_how, cause) => {
  expect(causeOf({ cause })).toEqual({ kind: 'reference', exceptionId: '60a39bd7cd780b1e' });
});

it.each([[7], [null], [[]], [{ exceptions: 'none' }], [{ exceptions: [null, 3] }]])('survives %j as a cause', (cause) => {
  expect(causeOf({ cause })).toBeNull();
});

it('survives an exception whose fields are of other types', () => {
  const cause = causeOf({ cause: { exceptions: [{ type: 1, message: {}, stack: [null, { label: 5, path: {} }] }] } });
  expect(cause).toMatchObject({ kind: 'exceptions', exceptions: [{ type: 'Exception', message: '', stack: ['at {}'] }] });
});
