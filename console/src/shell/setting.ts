import { useSyncExternalStore } from 'react';

/** Something that a viewer chooses once for all pages; the browser remembers it. */
export interface Setting<T extends string> {
  get: () => T;
  set: (value: T) => void;
  use: () => T;
  subscribe: (changed: () => void) => () => void;
}

/** @param values The first is what holds until somebody chooses. */
export function createSetting<T extends string>(name: string, values: readonly [T, ...T[]]): Setting<T> {
  const key = `lambray.${name}`;
  const listeners = new Set<() => void>();
  const subscribe = (changed: () => void) => {
    listeners.add(changed);
    // Another tab may change it too.
    window.addEventListener('storage', changed);
    return () => {
      listeners.delete(changed);
      window.removeEventListener('storage', changed);
    };
  };
  const get = () => {
    const stored = window.localStorage.getItem(key);
    return values.find((value) => value === stored) ?? values[0];
  };
  const set = (value: T) => {
    window.localStorage.setItem(key, value);
    listeners.forEach((changed) => {
      changed();
    });
  };
  return { get, set, subscribe, use: () => useSyncExternalStore(subscribe, get) };
}
