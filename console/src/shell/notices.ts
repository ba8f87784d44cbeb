import type { FlashbarProps } from '@cloudscape-design/components/flashbar';
import { useSyncExternalStore } from 'react';

export type Notice = Pick<FlashbarProps.MessageDefinition, 'type' | 'header' | 'content' | 'action'>;

// What went well needs no answer; everything else stays until somebody has read it.
const successMilliseconds = 8_000;
const noticesMax = 5;

let notices: readonly FlashbarProps.MessageDefinition[] = [];
let told = 0;
const listeners = new Set<() => void>();

/** Tells something at the top of whatever page is open, such as that a function was created. */
export function notify(notice: Notice): void {
  const id = `notice-${told++}`;
  const dismiss = () => {
    change(notices.filter((other) => other.id !== id));
  };
  change([{ ...notice, id, dismissible: true, dismissLabel: 'Dismiss', onDismiss: dismiss }, ...notices].slice(0, noticesMax));
  if (notice.type === 'success') setTimeout(dismiss, successMilliseconds);
}

export function useNotices(): readonly FlashbarProps.MessageDefinition[] {
  return useSyncExternalStore(subscribe, () => notices);
}

function change(next: readonly FlashbarProps.MessageDefinition[]): void {
  notices = next;
  listeners.forEach((changed) => {
    changed();
  });
}

function subscribe(changed: () => void): () => void {
  listeners.add(changed);
  return () => {
    listeners.delete(changed);
  };
}
