import Select from '@cloudscape-design/components/select';
import { useGroups } from '../groups/queries';
import { RangePicker } from '../range/RangePicker';
import { rangeOf } from '../range/range';
import { go, usePlace, withQuery } from '../routing/usePlace';
import { FilterInput } from './FilterInput';

const everyTrace = { value: '', label: 'All traces' };

/** Which traces a page is about: those of a group, that a filter expression lets through, in a range of time. All three are in the address. */
export function FilterBar() {
  const place = usePlace();
  const groups = useGroups().data?.groups ?? [];
  const group = place.query.get('group') ?? '';
  const options = [
    everyTrace,
    // The group of all traces is always there, under X-Ray's name for it.
    ...groups.filter(({ isDefault }) => !isDefault).map(({ name, filterExpression }) => ({ value: name, label: name, description: filterExpression ?? '' })),
  ];
  return (
    <div className="filter-bar" role="search" aria-label="Traces">
      {options.length > 1 || group !== '' ? (
        <Select
          ariaLabel="Group"
          options={options}
          selectedOption={options.find(({ value }) => value === group) ?? { value: group, label: group }}
          onChange={({ detail }) => {
            go(withQuery(place, { group: detail.selectedOption.value }));
          }}
        />
      ) : null}
      <FilterInput
        value={place.query.get('filter') ?? ''}
        range={rangeOf(place.query)}
        onApply={(filter) => {
          if (filter !== (place.query.get('filter') ?? '')) go(withQuery(place, { filter }));
        }}
      />
      <RangePicker />
    </div>
  );
}
