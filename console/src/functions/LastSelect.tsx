import Select from '@cloudscape-design/components/select';
import { replaceWith, usePlace, withQuery } from '../routing/usePlace';

const ranges = [
  { value: '5', label: 'Last 5 minutes' },
  { value: '60', label: 'Last hour' },
  { value: '360', label: 'Last 6 hours' },
  { value: '1440', label: 'Last 24 hours' },
  { value: '10080', label: 'Last 7 days' },
  { value: '43200', label: 'Last 30 days' },
];

/** The range of time to look at. It is part of the address, so that a link shows the same range. */
export function LastSelect({ minutes }: { minutes: number }) {
  const place = usePlace();
  const value = String(minutes);
  return (
    <Select
      ariaLabel="Time range"
      options={ranges}
      selectedOption={ranges.find((range) => range.value === value) ?? { value, label: `Last ${value} minutes` }}
      onChange={({ detail }) => { replaceWith(withQuery(place, { last: detail.selectedOption.value })); }}
    />
  );
}
