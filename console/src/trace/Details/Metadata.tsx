import ExpandableSection from '@cloudscape-design/components/expandable-section';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { JsonObject } from './json';
import { JsonText } from './JsonText';

/** Metadata by its namespaces, as the X-Ray SDKs write it. */
export function Metadata({ of: metadata }: { of: JsonObject }) {
  return (
    <SpaceBetween size="s">
      {Object.entries(metadata).map(([namespace, value]) => (
        <ExpandableSection key={namespace} headerText={namespace} defaultExpanded>
          <JsonText of={value} />
        </ExpandableSection>
      ))}
    </SpaceBetween>
  );
}
