import Button from '@cloudscape-design/components/button';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Toggle from '@cloudscape-design/components/toggle';

interface ToolsProps {
  find: string;
  /** How many rows were found, and which of them is selected, counted from 1; null while nothing is looked for. */
  found: { count: number; at: number } | null;
  zoomed: boolean;
  showsCritical: boolean;
  onFind: (text: string) => void;
  onNext: (step: 1 | -1) => void;
  onFoldAll: (away: boolean) => void;
  onZoom: (factor: number) => void;
  onZoomOut: () => void;
  onShowCritical: (shows: boolean) => void;
}

/** What can be done with the waterfall as a whole. */
export function Tools(props: ToolsProps) {
  const { find, found, zoomed, showsCritical, onFind, onNext, onFoldAll, onZoom, onZoomOut, onShowCritical } = props;
  return (
    <div className="waterfall-tools">
      <Input
        type="search"
        value={find}
        placeholder="Find in this trace: names, URLs, annotations, SQL …"
        ariaLabel="Find in this trace"
        onChange={({ detail }) => {
          onFind(detail.value);
        }}
        onKeyDown={({ detail }) => {
          if (detail.key === 'Enter') onNext(detail.shiftKey ? -1 : 1);
        }}
      />
      {found && (
        <SpaceBetween direction="horizontal" size="xxs" alignItems="center">
          <Button variant="icon" iconName="angle-up" ariaLabel="Previous match" disabled={found.count === 0} onClick={() => { onNext(-1); }} />
          <Button variant="icon" iconName="angle-down" ariaLabel="Next match" disabled={found.count === 0} onClick={() => { onNext(1); }} />
          <span role="status" className="number">{foundText(found)}</span>
        </SpaceBetween>
      )}
      <SpaceBetween direction="horizontal" size="xs" alignItems="center">
        <Button onClick={() => { onFoldAll(true); }}>Collapse all</Button>
        <Button onClick={() => { onFoldAll(false); }}>Expand all</Button>
        <Button iconName="zoom-in" ariaLabel="Zoom in" onClick={() => { onZoom(0.5); }} />
        <Button iconName="zoom-out" ariaLabel="Zoom out" disabled={!zoomed} onClick={() => { onZoom(2); }} />
        <Button disabled={!zoomed} onClick={onZoomOut}>Whole trace</Button>
      </SpaceBetween>
      <Toggle checked={showsCritical} onChange={({ detail }) => { onShowCritical(detail.checked); }}>Critical path</Toggle>
    </div>
  );
}

function foundText({ count, at }: { count: number; at: number }): string {
  if (count === 0) return 'Not found';
  const rows = count === 1 ? '1 row' : `${count} rows`;
  return at === 0 ? rows : `${at} of ${rows}`;
}
