import type { Microseconds, ResponseTimeBin } from '../api/types';
import { useBrush } from '../charts/useBrush';
import { formatDuration } from '../units/durations';
import './charts.css';
import { outcomes } from './outcomes';

interface HistogramProps {
  bins: readonly ResponseTimeBin[];
  onSelect: (from: Microseconds, to: Microseconds) => void;
}

const height = 120;
const labelsWanted = 5;

/** How many traces took so long, by how they went. Bins grow with the time, so that the quick and the slow are both seen. */
export function Histogram({ bins, onSelect }: HistogramProps) {
  const most = Math.max(...bins.map(({ counts }) => counts.total), 1);
  const { strip, brushed, handlers } = useBrush<HTMLDivElement>(bins.length, (from, to) => {
    const [first, last] = [bins[from], bins[to]];
    if (first && last) onSelect(first.from, last.to);
  });
  const step = Math.max(Math.ceil(bins.length / labelsWanted), 1);
  return (
    <div className="chart" role="img" aria-label={summaryOf(bins)}>
      <div
        ref={strip}
        className="chart-area histogram"
        style={{ blockSize: height }}
        {...handlers}
      >
        {bins.map((bin, index) => (
          <div key={bin.from} className={`histogram-bin ${isWithin(index, brushed) ? 'histogram-chosen' : ''}`} title={titleOf(bin)}>
            {outcomes.map((outcome) => (
              <div key={outcome} className={`status-${outcome}`} style={{ blockSize: `${(bin.counts[outcome] / most) * 100}%` }} />
            ))}
          </div>
        ))}
      </div>
      <div className="chart-labels" aria-hidden>
        {bins.map(({ from }, index) => index % step === 0 && index <= bins.length * 0.9 && (
          <span key={from} style={{ insetInlineStart: `${(index / bins.length) * 100}%` }}>{formatDuration(from)}</span>
        ))}
      </div>
    </div>
  );
}

function isWithin(index: number, brushed: { first: number; last: number } | null): boolean {
  return brushed !== null && index >= brushed.first && index <= brushed.last;
}

function titleOf({ from, to, counts }: ResponseTimeBin): string {
  const parts = outcomes.filter((outcome) => counts[outcome] > 0).map((outcome) => `${counts[outcome]} ${outcome}`);
  return `${formatDuration(from)} to ${formatDuration(to)}: ${parts.length === 0 ? 'none' : parts.join(', ')}`;
}

function summaryOf(bins: readonly ResponseTimeBin[]): string {
  const fullest = bins.reduce<ResponseTimeBin | undefined>((most, bin) => (bin.counts.total > (most?.counts.total ?? 0) ? bin : most), undefined);
  return fullest ? `Histogram of response times; most took ${formatDuration(fullest.from)} to ${formatDuration(fullest.to)}` : 'No response times';
}
