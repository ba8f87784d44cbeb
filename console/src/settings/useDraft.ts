import { useState } from 'react';

/**
 * What a field shows: the value that is saved, until somebody types another. A value that is saved anew takes the draft's place
 * within the same field, which keeps the focus.
 */
export function useDraft<T extends string | number | null>(saved: T): [draft: T, change: (draft: T) => void] {
  const [seen, setSeen] = useState(saved);
  const [draft, setDraft] = useState(saved);
  if (saved !== seen) {
    setSeen(saved);
    setDraft(saved);
  }
  return [draft, setDraft];
}
