import SpaceBetween from '@cloudscape-design/components/space-between';
import { Fields } from './Fields';
import { stringOf, type JsonObject } from './json';
import './details.css';

/** A query as it was written, and where it went. */
export function Sql({ of: sql }: { of: JsonObject }) {
  const { sanitized_query: query, ...rest } = sql;
  return (
    <SpaceBetween size="m">
      {query !== undefined && (
        <div className="details-json">
          <pre>{stringOf(query) ?? JSON.stringify(query)}</pre>
        </div>
      )}
      <Fields of={rest} />
    </SpaceBetween>
  );
}
