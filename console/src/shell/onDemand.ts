import { lazy, type ComponentType, type LazyExoticComponent } from 'react';
import { againIfLost } from '../api/again';

/** A component whose script is loaded when it is first drawn. */
export function onDemand<Props>(load: () => Promise<ComponentType<Props>>): LazyExoticComponent<ComponentType<Props>> {
  return lazy(async () => ({ default: await againIfLost(load) }));
}
