import Select from '@cloudscape-design/components/select';
import { links } from '../routing/links';
import { replaceWith } from '../routing/usePlace';

const ranges = [
  { value: '5', label: 'Last 5 minutes' },
  { value: '60', label: 'Last hour' },
  { value: '360', label: 'Last 6 hours' },
  { value: '1440', label: 'Last 24 hours' },
];

/** The range of time to look at. It is part of the address, so that a link shows the same range. */
export function RangeSelect({ minutes }: { minutes: number }) {
  const value = String(minutes);
  return (
    <Select
      ariaLabel="Time range"
      options={ranges}
      selectedOption={ranges.find((range) => range.value === value) ?? { value, label: `Last ${value} minutes` }}
      onChange={({ detail }) => {
        replaceWith(links.traces({ last: detail.selectedOption.value }));
      }}
    />
  );
}
