const units = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

/** A size to three significant digits: `446 B`, `25.2 MB`. */
export function formatBytes(bytes: number): string {
  const power = bytes < 1000 ? 0 : Math.min(Math.floor(Math.log10(bytes) / 3), units.length - 1);
  const value = Number((bytes / 1000 ** power).toPrecision(3));
  return `${value} ${units[power] ?? 'B'}`;
}
