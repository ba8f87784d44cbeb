import type { Pair } from './PairsField';

/** As the server takes them; rows without a name are rows that nobody has filled in. */
export function toRecord(pairs: readonly Pair[]): Record<string, string> {
  return Object.fromEntries(pairs.filter(({ name }) => name !== '').map(({ name, value }) => [name, value]));
}

export function fromRecord(record: Record<string, string>): Pair[] {
  return Object.entries(record).map(([name, value]) => ({ name, value })).sort((one, other) => one.name.localeCompare(other.name));
}
