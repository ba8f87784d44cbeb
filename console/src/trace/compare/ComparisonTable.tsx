import { memo, type CSSProperties } from 'react';
import type { ComparedSide, ComparedWork, Microseconds } from '../../api/types';
import { StatusLabel } from '../../status/StatusLabel';
import { formatDuration } from '../../units/durations';
import './comparison.css';
import { differenceOf, type Difference } from './differences';

const words: Record<Difference, string> = {
  added: 'only in B',
  removed: 'only in A',
  more: 'more often in B',
  less: 'less often in B',
  status: 'other outcome',
  same: '',
};

// Further ones would make a page of many megabytes; where traces differ so much, a difference is found sooner.
const rowsMax = 2_000;
const deepestIndent = 12;

/** The trees of two traces laid over each other, a line for each place, with a bar for either trace's time there. */
export function ComparisonTable({ works }: { works: readonly ComparedWork[] }) {
  const longest = works.reduce((most, { before, after }) => Math.max(most, before?.duration ?? 0, after?.duration ?? 0), 1);
  return (
    <div className="comparison" role="region" aria-label="Work of both traces" tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Difference</th>
            <th scope="col">A</th>
            <th scope="col">B</th>
            <th scope="col">B against A</th>
            <th scope="col">Time of each</th>
          </tr>
        </thead>
        <tbody>
          {works.slice(0, rowsMax).map((work, index) => (
            <Row key={index} work={work} longest={longest} />
          ))}
        </tbody>
      </table>
      {works.length > rowsMax && <p>{`${works.length - rowsMax} more lines are not shown.`}</p>}
    </div>
  );
}

const Row = memo(function Row({ work, longest }: { work: ComparedWork; longest: number }) {
  const { before, after } = work;
  const difference = differenceOf(work);
  return (
    <tr className={`comparison-${difference}`}>
      <th scope="row" style={{ '--depth': Math.min(work.depth, deepestIndent) } as CSSProperties}>
        <span className="comparison-name" title={work.name}>{work.name}</span>
        <small>{work.origin ?? work.namespace}</small>
      </th>
      <td>{difference !== 'same' && <span className="comparison-mark">{words[difference]}</span>}</td>
      <td><Side side={before} /></td>
      <td><Side side={after} /></td>
      <td className="number">{before && after ? changeText(before.duration, after.duration) : '–'}</td>
      <td className="comparison-bars">
        <TimeBar side={before} longest={longest} of="A" />
        <TimeBar side={after} longest={longest} of="B" />
      </td>
    </tr>
  );
});

function Side({ side }: { side: ComparedSide | null }) {
  if (!side) return <>–</>;
  return (
    <span className="comparison-side">
      <span className="number">{formatDuration(side.duration)}</span>
      {side.count > 1 && <span className="number">{side.count} ×</span>}
      {side.status !== 'ok' && <StatusLabel status={side.status} />}
    </span>
  );
}

function TimeBar({ side, longest, of }: { side: ComparedSide | null; longest: number; of: string }) {
  const share = side ? (side.duration / longest) * 100 : 0;
  return <span className={`comparison-bar comparison-bar-${of} status-${side?.status ?? 'ok'}`} style={{ inlineSize: side ? `max(${share}%, 2px)` : 0 }} />;
}

function changeText(before: Microseconds, after: Microseconds): string {
  const change = after - before;
  const sign = change < 0 ? '−' : '+';
  const share = before === 0 ? '' : ` (${sign}${Math.round((Math.abs(change) / before) * 100)} %)`;
  return change === 0 ? 'the same' : `${sign}${formatDuration(Math.abs(change) as Microseconds)}${share}`;
}
