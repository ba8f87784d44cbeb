import { Suspense } from 'react';
import { NotFoundPage } from './NotFoundPage';
import { pages } from './pages';
import { matchPath, type Place } from './routing/place';
import { usePlace } from './routing/usePlace';
import { LoadingPage } from './shell/LoadingPage';
import { PageBoundary } from './shell/PageBoundary';
import { useTheme } from './shell/theme';
import { TopBar } from './shell/TopBar';
import { SignInGate } from './signin/SignInGate';
import { zoneSetting } from './units/moments';

/** The console: the bar on top, and the page that the address names. */
export function App() {
  useTheme();
  const zone = zoneSetting.use();
  const place = usePlace();
  return (
    <>
      <div id="top-bar">
        <TopBar />
      </div>
      {/* Another path is another page with a state of its own; another time zone draws every time anew. */}
      <PageBoundary key={`${zone} ${place.path.join('/')}`}>
        <SignInGate>
          <Suspense fallback={<LoadingPage />}>
            <CurrentPage {...place} />
          </Suspense>
        </SignInGate>
      </PageBoundary>
    </>
  );
}

function CurrentPage({ path, query }: Place) {
  for (const { path: pattern, component: Found } of pages) {
    const params = matchPath(pattern, path);
    if (params) return <Found params={params} query={query} />;
  }
  return <NotFoundPage />;
}
