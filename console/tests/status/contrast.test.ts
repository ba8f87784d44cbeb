import { expect, it } from 'vitest';
import css from '../../src/status/status.css?raw';

// Cloudscape's page background in each theme, and the least contrast that WCAG 2 AA allows for text.
const themes = [
  { selector: 'body', background: '#ffffff' },
  { selector: 'body.awsui-dark-mode', background: '#161d26' },
];
const leastContrast = 4.5;

it.each(themes)('shows every status readably in the theme of $selector', ({ selector, background }) => {
  const colors = colorsOf(selector);
  expect(colors.map(({ status }) => status)).toEqual(['ok', 'error', 'throttle', 'fault', 'inProgress']);
  const unreadable = colors.filter(({ color }) => contrast(color, background) < leastContrast);
  expect(unreadable).toEqual([]);
});

function colorsOf(selector: string) {
  const block = css.split('}').find((rule) => rule.replace(/\/\*.*\*\//s, '').trim().startsWith(`${selector} {`)) ?? '';
  return Array.from(block.matchAll(/--status-(\w+): (#[0-9a-f]{6});/g), ([, status = '', color = '']) => ({ status, color }));
}

function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => linear(parseInt(color.slice(at, at + 2), 16) / 255));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function linear(channel: number): number {
  return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
}
