import { applyMode, Mode } from '@cloudscape-design/global-styles';
import { useLayoutEffect, useSyncExternalStore } from 'react';

/** What the viewer chose; `system` follows the operating system, also when it changes at dusk. */
export type ThemeChoice = 'system' | 'light' | 'dark';

const storageKey = 'lambray.theme';
const systemDark = window.matchMedia('(prefers-color-scheme: dark)');
const listeners = new Set<() => void>();

export function chooseTheme(choice: ThemeChoice): void {
  window.localStorage.setItem(storageKey, choice);
  listeners.forEach((changed) => {
    changed();
  });
}

export function useThemeChoice(): ThemeChoice {
  return useSyncExternalStore(onChange, storedChoice);
}

/** Paints the page in the chosen theme. */
export function useTheme(): void {
  const dark = useSyncExternalStore(onChange, isDark);
  useLayoutEffect(() => {
    applyMode(dark ? Mode.Dark : Mode.Light);
    // Before the first paint, so that a dark page never flashes. Scroll bars and form controls are the browser's own.
    document.documentElement.style.colorScheme = dark ? 'dark' : 'light';
  }, [dark]);
}

function isDark(): boolean {
  const choice = storedChoice();
  return choice === 'system' ? systemDark.matches : choice === 'dark';
}

function storedChoice(): ThemeChoice {
  const stored = window.localStorage.getItem(storageKey);
  return stored === 'light' || stored === 'dark' ? stored : 'system';
}

function onChange(changed: () => void): () => void {
  listeners.add(changed);
  systemDark.addEventListener('change', changed);
  return () => {
    listeners.delete(changed);
    systemDark.removeEventListener('change', changed);
  };
}
