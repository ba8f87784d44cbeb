import type { MapFigures } from '../../api/types';

/** In this order around the ring, from the top; the worst comes last, so that it ends where the eye began. */
export const outcomes = ['ok', 'error', 'throttle', 'fault'] as const;
export type Outcome = (typeof outcomes)[number];

export interface Arc {
  outcome: Outcome;
  /** Of the whole ring, from 0 to 1. */
  from: number;
  share: number;
}

// A thousandth of a ring would not be seen, and a single fault in a million calls should be.
const leastShare = 0.03;

export function totalOf(figures: MapFigures): number {
  return figures.ok + figures.error + figures.throttle + figures.fault;
}

/** The parts of the ring; none where nothing has finished. What is there at all is wide enough to see. */
export function arcsOf(figures: MapFigures): Arc[] {
  const total = totalOf(figures);
  if (total === 0) return [];
  const wide = outcomes.filter((outcome) => figures[outcome] > 0).map((outcome) => ({ outcome, share: Math.max(leastShare, figures[outcome] / total) }));
  const sum = wide.reduce((all, { share }) => all + share, 0);
  let from = 0;
  return wide.map(({ outcome, share }) => {
    const arc = { outcome, from, share: share / sum };
    from += arc.share;
    return arc;
  });
}

// Fewer failures than this are seen on the ring, but do not make a whole line red.
const telling = 0.01;

/** The outcome that an edge is coloured by: the worst that is more than a rare exception. */
export function worstOf(figures: MapFigures): Outcome | null {
  return [...outcomes].reverse().find((outcome) => figures[outcome] > totalOf(figures) * telling) ?? null;
}

/** The part of an outcome in words: `5.3 %`; a few of very many are `< 0.1 %`. */
export function shareInWords(figures: MapFigures, outcome: Outcome): string {
  const share = (figures[outcome] / Math.max(1, totalOf(figures))) * 100;
  if (share > 0 && share < 0.1) return '< 0.1 %';
  return `${Number(share.toFixed(1))} %`;
}

/** Requests in a minute, to two digits that count, but never rounded away. */
export function rateInWords(perMinute: number): string {
  if (perMinute >= 1_000_000) return `${Number((perMinute / 1_000_000).toPrecision(3))}M/min`;
  if (perMinute >= 10_000) return `${Number((perMinute / 1_000).toPrecision(3))}k/min`;
  if (perMinute > 0 && perMinute < 0.01) return '< 0.01/min';
  return `${perMinute >= 100 ? Math.round(perMinute) : Number(perMinute.toPrecision(2))}/min`;
}

/** How much passed: a rate where a range of time is looked at, a number where a single trace is. */
export function trafficInWords(figures: MapFigures, ofOneTrace: boolean): string {
  if (!ofOneTrace) return rateInWords(figures.requestsPerMinute);
  const total = totalOf(figures);
  return total === 1 ? '1 call' : `${total} calls`;
}
