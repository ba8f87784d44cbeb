import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import { leavesOf, textOf, type JsonObject } from './json';

/** The fields of an object side by side, under the names that X-Ray gives them. */
export function Fields({ of: object }: { of: JsonObject }) {
  return (
    <KeyValuePairs
      columns={3}
      items={leavesOf(object).map(([path, value]) => ({
        label: path,
        value: <span className="details-value">{textOf(value)}</span>,
      }))}
    />
  );
}
