import Box from '@cloudscape-design/components/box';
import Header from '@cloudscape-design/components/header';
import Link from '@cloudscape-design/components/link';
import type { MapPart } from '../../api/types';
import { links } from '../../routing/links';
import { StatusLabel } from '../../status/StatusLabel';

/** What failures come from, with a trace of each to look at. Names and messages are anybody's text. */
export function Causes({ part }: { part: MapPart }) {
  return (
    <section>
      <Header variant="h3" description={`In the newest ${part.causeTraces} traces that failed here.`}>
        Root causes
      </Header>
      {part.causes.length === 0 && <Box>None of them tells why.</Box>}
      <ul className="causes">
        {part.causes.map((cause) => (
          <li key={`${cause.fault} ${cause.path.join('/')} ${cause.exception ?? ''} ${cause.message ?? ''}`}>
            <StatusLabel status={cause.fault ? 'fault' : 'error'} /> <strong className="causes-text">{cause.exception ?? 'No exception recorded'}</strong>
            {cause.message !== null && <div className="causes-text">{cause.message}</div>}
            <Box variant="small" display="block">
              <span className="causes-text">{cause.path.join(' → ')}</span> · {cause.traces === 1 ? '1 trace' : `${cause.traces} traces`} ·{' '}
              <Link fontSize="body-s" href={links.trace(cause.example)} ariaLabel={`The newest trace with ${cause.exception ?? 'this cause'}`}>
                newest
              </Link>
            </Box>
          </li>
        ))}
      </ul>
    </section>
  );
}
