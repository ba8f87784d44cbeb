import type { SamplingRuleItem } from '../api/types';

type Matching = Pick<SamplingRuleItem, 'serviceName' | 'serviceType' | 'host' | 'httpMethod' | 'urlPath' | 'resourceArn' | 'attributes'>;

/** What a rule asks of a request, in a line: what may be anything is left out. */
export function matchOf(rule: Matching): string {
  const asked: [string, string][] = [
    ['service', rule.serviceName],
    ['type', rule.serviceType],
    ['host', rule.host],
    ['method', rule.httpMethod],
    ['path', rule.urlPath],
    ['resource', rule.resourceArn],
    ...Object.entries(rule.attributes),
  ];
  const said = asked.filter(([, value]) => value !== '*').map(([name, value]) => `${name} ${value}`);
  return said.length > 0 ? said.join(', ') : 'Every request';
}

/** A fraction for people: `5 %`. */
export function percent(fraction: number): string {
  return `${Number((fraction * 100).toPrecision(4))} %`;
}
