import type { TopNavigationProps } from '@cloudscape-design/components/top-navigation';
import { refreshNow, useLiveState, type LiveState } from '../api/live';
import './live.css';

const words: Record<LiveState, { text: string; title: string }> = {
  live: { text: 'Live', title: 'Pages change as the server does' },
  connecting: { text: 'Connecting', title: 'Asking the server to tell of changes' },
  reconnecting: { text: 'Reconnecting', title: 'The server does not answer; pages show what they have' },
};

/** Whether what pages show is of this moment; a click asks for everything anew. */
export function useLiveUtility(): TopNavigationProps.ButtonUtility {
  const state = useLiveState();
  const { text, title } = words[state];
  return {
    type: 'button',
    iconSvg: (
      <svg viewBox="0 0 16 16" aria-hidden="true">
        <circle className={`live-dot live-dot-${state}`} cx="8" cy="8" r="4" />
      </svg>
    ),
    text,
    title,
    ariaLabel: `${text}: ${title}`,
    onClick: refreshNow,
  };
}
