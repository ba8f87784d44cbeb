/** How many minutes back the address looks; an hour unless it says. */
export function useLast(query: URLSearchParams): number {
  const minutes = Number(query.get('last') ?? 60);
  return Number.isInteger(minutes) && minutes > 0 && minutes <= 43_200 ? minutes : 60;
}
