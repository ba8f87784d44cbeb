/** Patterns as people write them: JSON, one a line. */
export function fromFilters(patterns: readonly string[]): string {
  return patterns.map((pattern) => pattern.replaceAll(/\s*\n\s*/g, ' ')).join('\n');
}

export function toFilters(lines: string): string[] {
  return lines.split('\n').map((line) => line.trim()).filter((line) => line !== '');
}
