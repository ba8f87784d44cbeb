import Box from '@cloudscape-design/components/box';
import type { ReactNode } from 'react';

/** Says in a table's place that it has no rows, and why. */
export function EmptyTable({ children }: { children: ReactNode }) {
  return <Box textAlign="center" padding="m" color="text-body-secondary">{children}</Box>;
}
