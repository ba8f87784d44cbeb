import { useId, useRef, useState, type KeyboardEvent } from 'react';
import type { FilterSuggestion } from '../api/types';
import type { TimeRange } from '../range/range';
import { useFilterCheck, useFilterCompletion, useSettled } from './useFilter';
import './filter.css';

interface FilterInputProps {
  /** The expression that the page shows. */
  value: string;
  range: TimeRange;
  /** Only called with what the server understands. */
  onApply: (filter: string) => void;
  /** Called with every change, for forms that have a button of their own. */
  onWrite?: (filter: string) => void;
}

/** Where a filter expression is written: offers what may follow, says where it is wrong, and applies it with Enter. */
export function FilterInput({ value, range, onApply, onWrite }: FilterInputProps) {
  const [draft, setDraft] = useState({ text: value, caret: value.length, of: value });
  // The back button changes the expression without typing.
  if (draft.of !== value) setDraft({ text: value, caret: value.length, of: value });
  const [open, setOpen] = useState(false);
  const [chosen, setChosen] = useState(-1);
  const input = useRef<HTMLInputElement>(null);
  const id = useId();

  const settled = useSettled(draft);
  const mistake = useFilterCheck(settled.text);
  const completion = useFilterCompletion(settled.text, settled.caret, range, open);
  const suggestions = open && settled === draft ? (completion?.suggestions ?? []) : [];

  const write = (text: string, caret: number) => {
    setDraft({ text, caret, of: value });
    setChosen(-1);
    onWrite?.(text);
  };
  const take = (suggestion: FilterSuggestion) => {
    if (!completion) return;
    // A function or an annotation goes on inside its bracket; a word is whole.
    const inserted = /[([]$/.test(suggestion.text) ? suggestion.text : `${suggestion.text} `;
    const caret = completion.start + inserted.length;
    write(draft.text.slice(0, completion.start) + inserted + draft.text.slice(completion.end).trimStart(), caret);
    const field = input.current;
    field?.focus();
    requestAnimationFrame(() => field?.setSelectionRange(caret, caret));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' && !open) setOpen(true);
    else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      if (suggestions.length === 0) return;
      const step = event.key === 'ArrowDown' ? 1 : -1;
      // -1 is the text itself, between the last and the first.
      setChosen(((chosen + 1 + step + suggestions.length + 1) % (suggestions.length + 1)) - 1);
    } else if (event.key === 'Enter') {
      const suggestion = suggestions[chosen];
      if (suggestion) take(suggestion);
      else apply(draft.text.trim());
    } else if (event.key === 'Escape' && open) {
      setOpen(false);
      // A dialog that the field stands in stays.
      event.stopPropagation();
    } else return;
    event.preventDefault();
  };
  const apply = (text: string) => {
    setOpen(false);
    if (settled.text.trim() === text && mistake) return;
    onApply(text);
  };

  const list = `${id}-list`;
  return (
    <div className="filter">
      <div className="filter-field">
        <input
          ref={input}
          className="filter-text"
          role="combobox"
          type="text"
          spellCheck={false}
          autoComplete="off"
          placeholder='Filter traces, such as service("orders") { fault } AND responsetime > 0.5'
          aria-label="Filter expression"
          aria-expanded={suggestions.length > 0}
          aria-controls={list}
          aria-autocomplete="list"
          aria-activedescendant={chosen >= 0 ? `${id}-${chosen}` : undefined}
          aria-invalid={mistake !== null}
          aria-describedby={`${id}-mistake`}
          value={draft.text}
          onChange={({ target }) => {
            setOpen(true);
            write(target.value, target.selectionStart ?? target.value.length);
          }}
          onSelect={({ currentTarget }) => {
            const caret = currentTarget.selectionStart ?? 0;
            if (caret !== draft.caret) setDraft({ ...draft, caret });
          }}
          onFocus={() => {
            setOpen(true);
          }}
          onBlur={() => {
            setOpen(false);
          }}
          onKeyDown={onKeyDown}
        />
        {draft.text !== '' && (
          <button
            type="button"
            className="filter-clear"
            aria-label="Clear the filter"
            onClick={() => {
              write('', 0);
              onApply('');
            }}
          >
            ×
          </button>
        )}
      </div>
      <ul className="filter-list" id={list} role="listbox" aria-label="What may stand here" hidden={suggestions.length === 0}>
        {suggestions.map((suggestion, index) => (
          <li
            key={suggestion.text}
            id={`${id}-${index}`}
            ref={index === chosen ? (element) => element?.scrollIntoView({ block: 'nearest' }) : undefined}
            role="option"
            aria-selected={index === chosen}
            // Before the field loses the focus, which would close the list.
            onMouseDown={(event) => {
              event.preventDefault();
              take(suggestion);
            }}
          >
            <span className="filter-suggestion">{suggestion.text}</span>
            <span className="filter-kind">{suggestion.kind}</span>
          </li>
        ))}
      </ul>
      <div id={`${id}-mistake`} role="status">
        {mistake && settled.text === draft.text && !(open && settled.caret === draft.text.length && mistake.position > draft.text.length) && (
          <Mistake text={draft.text} position={mistake.position} message={mistake.message} />
        )}
      </div>
    </div>
  );
}

/** The text once more with the place marked from which on it is not understood. */
function Mistake({ text, position, message }: { text: string; position: number; message: string }) {
  const at = Math.min(position - 1, text.length);
  return (
    <div className="filter-mistake">
      <code aria-hidden="true">
        {text.slice(0, at)}
        <mark>{text.slice(at) || ' '}</mark>
      </code>
      <div>{message}</div>
    </div>
  );
}
