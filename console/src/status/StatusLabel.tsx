import Icon, { type IconProps } from '@cloudscape-design/components/icon';
import type { TimelineStatus } from '../api/types';
import './status.css';

const looks: Record<TimelineStatus, { name: string; icon: IconProps.Name }> = {
  ok: { name: 'OK', icon: 'status-positive' },
  error: { name: 'Error', icon: 'status-warning' },
  throttle: { name: 'Throttle', icon: 'status-stopped' },
  fault: { name: 'Fault', icon: 'status-negative' },
  inProgress: { name: 'In progress', icon: 'status-in-progress' },
};

interface StatusLabelProps {
  status: TimelineStatus;
  httpStatus?: number | null;
}

/** A status in words, sign and the colour of its bar: Cloudscape's own indicator has no colour for a throttle. */
export function StatusLabel({ status, httpStatus }: StatusLabelProps) {
  const { name, icon } = looks[status];
  return (
    <span className={`status status-${status}`}>
      <Icon name={icon} size="small" />
      {httpStatus == null ? name : `${name} (${httpStatus})`}
    </span>
  );
}
