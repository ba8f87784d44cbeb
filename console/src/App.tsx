import Alert from '@cloudscape-design/components/alert';
import Link from '@cloudscape-design/components/link';
import { useRoute } from './routing/useRoute';
import { Page } from './shell/Page';
import { useTheme } from './shell/theme';
import { TopBar } from './shell/TopBar';
import { TracePage } from './trace/TracePage';
import { TracesPage } from './traces/TracesPage';

/** The console: the bar on top, and the page that the address names. */
export function App() {
  useTheme();
  return (
    <>
      <div id="top-bar">
        <TopBar />
      </div>
      <CurrentPage />
    </>
  );
}

function CurrentPage() {
  const route = useRoute();
  switch (route.page) {
    case 'traces':
      return <TracesPage minutes={route.minutes} />;
    case 'trace':
      // The key gives each trace its own folded rows and selection.
      return <TracePage key={route.id} id={route.id} />;
    case 'unknown':
      return (
        <Page title="Not found">
          <Alert type="warning" header="There is no such page">
            <Link href="#/traces">See the traces</Link>
          </Alert>
        </Page>
      );
  }
}
