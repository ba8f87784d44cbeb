import { applyMode, Mode } from '@cloudscape-design/global-styles';
import { useLayoutEffect, useSyncExternalStore } from 'react';
import { createSetting } from './setting';

/** What the viewer chose; `system` follows the operating system, also when it changes at dusk. */
export const themeSetting = createSetting('theme', ['system', 'light', 'dark']);

const systemDark = window.matchMedia('(prefers-color-scheme: dark)');

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
  const choice = themeSetting.get();
  return choice === 'system' ? systemDark.matches : choice === 'dark';
}

function onChange(changed: () => void): () => void {
  const unsubscribe = themeSetting.subscribe(changed);
  systemDark.addEventListener('change', changed);
  return () => {
    unsubscribe();
    systemDark.removeEventListener('change', changed);
  };
}
