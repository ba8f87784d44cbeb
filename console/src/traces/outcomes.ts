/** How a finished trace went, the worst first, as pictures stack it. */
export const outcomes = ['fault', 'throttle', 'error', 'ok'] as const;
