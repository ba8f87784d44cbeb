import { expect, it } from 'vitest';
import { matchOf, percent } from '../../src/sampling/matching';

const anything = { serviceName: '*', serviceType: '*', host: '*', httpMethod: '*', urlPath: '*', resourceArn: '*', attributes: {} };

it('says what a rule asks of a request, and nothing of what may be anything', () => {
  expect(matchOf(anything)).toBe('Every request');
  expect(matchOf({ ...anything, httpMethod: 'POST', urlPath: '/orders/*', attributes: { tier: 'gold' } })).toBe('method POST, path /orders/*, tier gold');
});

it('writes rates for people', () => {
  expect(percent(0.05)).toBe('5 %');
  expect(percent(0.333333)).toBe('33.33 %');
});
