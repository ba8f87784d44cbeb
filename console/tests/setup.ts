import { cleanup, configure } from '@testing-library/react';
import { afterEach, vi } from 'vitest';

// The first to open a page waits until it is compiled.
configure({ asyncUtilTimeout: 10_000 });

// jsdom has no media queries; the theme asks one when its module loads.
vi.stubGlobal('matchMedia', (media: string) => Object.assign(new EventTarget(), { media, matches: false }));

// jsdom lays nothing out, so that there is nothing to scroll.
Element.prototype.scrollIntoView = vi.fn();

// Nor does it paint.
HTMLCanvasElement.prototype.getContext = () => null;

afterEach(() => {
  cleanup();
  window.location.hash = '';
  window.localStorage.clear();
});
