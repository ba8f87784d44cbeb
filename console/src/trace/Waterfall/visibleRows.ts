/** Every row is as high, so that its place is known without drawing those above it. In pixels, as the style sheet has it. */
export const rowHeight = 30;

// Drawn beyond the edges, so that a quick turn of the wheel does not show a gap. Also the step in which the drawn rows change: between two
// steps the browser scrolls what is there, without a script.
const margin = 12;

/** The step that so much of scrolling belongs to, in pixels. */
export function scrollStep(scrolled: number): number {
  return Math.floor(scrolled / (margin * rowHeight)) * margin * rowHeight;
}

/** The rows to draw when so much of the waterfall is scrolled away: the first, and the one behind the last. */
export function visibleRows(scrolled: number, height: number, count: number): { first: number; end: number } {
  const top = scrollStep(scrolled) / rowHeight;
  const first = Math.max(top - margin, 0);
  const end = top + Math.ceil(height / rowHeight) + 2 * margin;
  return { first: Math.min(first, Math.max(count - 1, 0)), end: Math.min(end, count) };
}

/** Where to scroll so that a row is in view, moving as little as possible. */
export function scrollToShow(index: number, scrolled: number, height: number): number {
  const [top, bottom] = [index * rowHeight, (index + 1) * rowHeight];
  if (top < scrolled) return top;
  return bottom > scrolled + height ? bottom - height : scrolled;
}
