import Button from '@cloudscape-design/components/button';
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { Suspense, useState } from 'react';
import type { TraceTimeline } from '../api/types';
import { documentsUrl } from '../api/useTrace';
import { onDemand } from '../shell/onDemand';
import { InvokeAgain } from './again/InvokeAgain';

// Few who look at a trace compare it.
const ChooseOther = onDemand(async () => (await import('./compare/ChooseOther')).ChooseOther);

/** What can be done with a trace as a whole. */
export function TraceActions({ trace }: { trace: TraceTimeline }) {
  const [choosing, setChoosing] = useState(false);
  return (
    <SpaceBetween direction="horizontal" size="xs">
      <CopyToClipboard
        copyButtonText="Copy link"
        textToCopy={window.location.href}
        copySuccessText="Link copied"
        copyErrorText="The link could not be copied"
      />
      <Button iconName="download" href={documentsUrl(trace.id)} download={`trace-${trace.id}.json`}>Export</Button>
      <Button onClick={() => { setChoosing(true); }}>Compare</Button>
      <InvokeAgain traceId={trace.id} />
      {choosing && <Suspense><ChooseOther trace={trace} onClose={() => { setChoosing(false); }} /></Suspense>}
    </SpaceBetween>
  );
}
