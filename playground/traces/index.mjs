import { bigMetadata, everyDetail } from './details.mjs';
import { failing, hostile } from './failures.mjs';
import { linked, retried } from './lambda.mjs';
import { deep, services, wide } from './sizes.mjs';
import { instants, running, skewed } from './times.mjs';
import { traffic } from './traffic.mjs';

/** Each makes its trace anew, with ids and times of its own. */
export const traces = {
  wide: () => wide(10_000),
  thousand: () => wide(1_000),
  services,
  deep,
  skewed,
  running,
  instants,
  metadata: bigMetadata,
  details: everyDetail,
  hostile,
  failing,
  retried,
  linked,
  traffic,
};
