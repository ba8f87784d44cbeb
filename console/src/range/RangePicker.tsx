import DateRangePicker, { type DateRangePickerProps } from '@cloudscape-design/components/date-range-picker';
import SpaceBetween from '@cloudscape-design/components/space-between';
import ToggleButton from '@cloudscape-design/components/toggle-button';
import { go, usePlace, withQuery } from '../routing/usePlace';
import { zoneSetting } from '../units/moments';
import { lengthInWords, presets, rangeChange, rangeOf, stopped, type TimeRange } from './range';

/** The range of time to look at. It is part of the address, so that a link shows the same. */
export function RangePicker() {
  const place = usePlace();
  const range = rangeOf(place.query);
  const inUtc = zoneSetting.use() === 'utc';
  const choose = (chosen: TimeRange) => {
    go(withQuery(place, rangeChange(chosen)));
  };
  return (
    <SpaceBetween direction="horizontal" size="xs">
      <DateRangePicker
        value={valueOf(range)}
        onChange={({ detail }) => {
          const chosen = rangeFrom(detail.value);
          if (chosen) choose(chosen);
        }}
        relativeOptions={presets.map((minutes) => ({ key: String(minutes), type: 'relative', amount: minutes, unit: 'minute' }))}
        isValidRange={checkRange}
        getTimeOffset={(date) => (inUtc ? 0 : -date.getTimezoneOffset())}
        showClearButton={false}
        ariaLabel="Time range"
        placeholder="Time range"
        expandToViewport
        i18nStrings={{
          formatRelativeRange: ({ amount, unit }) => `Last ${lengthInWords(minutesOf(amount, unit))}`,
        }}
      />
      <ToggleButton
        pressed={range.kind === 'last'}
        iconName="play"
        pressedIconName="pause"
        ariaLabel={range.kind === 'last' ? 'Live: stop at this moment' : 'Live: follow what happens'}
        onChange={({ detail }) => {
          choose(detail.pressed ? { kind: 'last', minutes: followedMinutes(range) } : stopped(range, new Date()));
        }}
      >
        Live
      </ToggleButton>
    </SpaceBetween>
  );
}

function valueOf(range: TimeRange): DateRangePickerProps.Value {
  return range.kind === 'last'
    ? { type: 'relative', key: String(range.minutes), amount: range.minutes, unit: 'minute' }
    : { type: 'absolute', startDate: range.from.toISOString(), endDate: range.to.toISOString() };
}

function rangeFrom(value: DateRangePickerProps.Value | null): TimeRange | null {
  if (value === null) return null;
  if (value.type === 'relative') return { kind: 'last', minutes: minutesOf(value.amount, value.unit) };
  return { kind: 'between', from: new Date(value.startDate), to: new Date(value.endDate) };
}

function checkRange(value: DateRangePickerProps.Value | null): DateRangePickerProps.ValidationResult {
  const refused = (errorMessage: string) => ({ valid: false, errorMessage }) as const;
  const range = rangeFrom(value);
  if (range === null) return refused('Choose a range of time.');
  if (range.kind === 'last') return range.minutes >= 1 && range.minutes <= 43_200 ? { valid: true } : refused('Choose up to 30 days.');
  return range.from < range.to ? { valid: true } : refused('The range must begin before it ends.');
}

const minutesIn: Record<string, number> = { second: 1 / 60, minute: 1, hour: 60, day: 1_440, week: 10_080, month: 43_200 };

function minutesOf(amount: number, unit: string): number {
  return Math.max(1, Math.round(amount * (minutesIn[unit] ?? 1)));
}

// The preset nearest above what stood still.
function followedMinutes(range: TimeRange): number {
  if (range.kind === 'last') return range.minutes;
  const minutes = (range.to.getTime() - range.from.getTime()) / 60_000;
  return presets.find((preset) => preset >= minutes - 0.01) ?? 43_200;
}
