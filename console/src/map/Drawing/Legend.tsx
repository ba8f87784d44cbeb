import { outcomes } from './ring';

const names = { ok: 'OK', error: 'Error (4xx)', throttle: 'Throttle (429)', fault: 'Fault (5xx)' };

/** What the colours and lines of a map mean. */
export function Legend() {
  return (
    <ul className="map-legend" aria-label="Legend">
      {outcomes.map((outcome) => (
        <li key={outcome}>
          <svg viewBox="0 0 16 16" aria-hidden="true"><circle className={`map-legend-dot status-${outcome}`} cx="8" cy="8" r="5" /></svg>
          {names[outcome]}
        </li>
      ))}
      <li>
        <svg viewBox="0 0 24 16" aria-hidden="true"><path className="map-legend-line" d="M0 8h24" /></svg>
        Calls
      </li>
      <li>
        <svg viewBox="0 0 24 16" aria-hidden="true"><path className="map-legend-line map-edge-link" d="M0 8h24" /></svg>
        Messages, between traces
      </li>
    </ul>
  );
}
