import { expect, it } from 'vitest';
import { RequestFailure } from '../../src/api/request';
import { failureBeside, faultOf } from '../../src/forms/faults';

const refusal = new RequestFailure(400, '2 validation errors detected', 'ValidationException', [
  { member: 'memorySize', constraint: 'Member must have value greater than or equal to 128' },
  { member: 'timeout', constraint: 'Member must have value less than or equal to 900' },
]);

it('tells each field what the server says of it', () => {
  expect(faultOf(refusal, 'MemorySize')).toBe('It must have value greater than or equal to 128');
  expect(faultOf(refusal, 'handler')).toBeUndefined();
});

it('says beside the fields only what no field says', () => {
  expect(failureBeside(refusal, ['memorySize', 'timeout'])).toBeUndefined();
  expect(failureBeside(refusal, ['timeout'])).toBe('2 validation errors detected');
});

it('says what is no refusal of a field', () => {
  expect(failureBeside(new RequestFailure(0, 'The server does not answer.'), ['timeout'])).toBe('The server does not answer.');
  expect(failureBeside(null, [])).toBeUndefined();
});
