import { createContext, useContext, useState } from 'react';

/** The traces that have come since the page was first shown, among those of its last answer. */
export const Arrivals = createContext<ReadonlySet<string>>(new Set());

/** Marks its row for a moment when the trace has just come; the style sheet does so by what the row has in it. */
export function ArrivalMark({ id }: { id: string }) {
  const arrivals = useContext(Arrivals);
  return arrivals.has(id) ? <span className="just-arrived" /> : null;
}

const none: ReadonlySet<string> = new Set();

/**
 * Tells which rows are new in the answer at hand.
 * @param of What is asked for: the rows of another question are none that have just come.
 * @param ids Null before there is an answer.
 */
export function useArrivals(of: string, ids: readonly string[] | null): ReadonlySet<string> {
  const [seen, setSeen] = useState<{ of: string; ids: readonly string[]; arrived: ReadonlySet<string> } | null>(null);
  if (ids === null) return none;
  if (seen?.of !== of || seen.ids !== ids) {
    const known = seen?.of === of ? new Set(seen.ids) : null;
    setSeen({ of, ids, arrived: known === null ? none : new Set(ids.filter((id) => !known.has(id))) });
  }
  return seen?.of === of ? seen.arrived : none;
}
