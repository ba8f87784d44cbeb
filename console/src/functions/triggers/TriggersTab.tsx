import SpaceBetween from '@cloudscape-design/components/space-between';
import type { FunctionDetail } from '../../api/types';
import { Mappings } from './Mappings';
import { Permissions } from './Permissions';
import { Urls } from './Urls';

/** What invokes the function: an address of its own, what Lambda polls, and who else may. */
export function TriggersTab({ detail }: { detail: FunctionDetail }) {
  return (
    <SpaceBetween size="l">
      <Urls detail={detail} />
      <Mappings detail={detail} />
      <Permissions detail={detail} />
    </SpaceBetween>
  );
}
