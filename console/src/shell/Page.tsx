import AppLayout, { type AppLayoutProps } from '@cloudscape-design/components/app-layout';
import BreadcrumbGroup from '@cloudscape-design/components/breadcrumb-group';
import Flashbar from '@cloudscape-design/components/flashbar';
import { useEffect, useRef, type ReactNode } from 'react';
import { hrefTo } from '../routing/place';
import { Navigation } from './Navigation';
import { useNotices } from './notices';
import { createSetting } from './setting';

interface PageProps extends Pick<AppLayoutProps, 'contentType' | 'disableContentPaddings' | 'splitPanel' | 'splitPanelOpen' | 'onSplitPanelToggle' | 'splitPanelSize' | 'onSplitPanelResize' | 'splitPanelPreferences'> {
  /** Of the page and of its tab in the browser. */
  title: string;
  /** The pages above this one, the highest first; none for a page that the navigation leads to. */
  trail?: { text: string; href: string }[];
  children: ReactNode;
}

const navigationSetting = createSetting('navigation', ['open', 'closed']);

/** What every page stands in: navigation, the way back up, notices, content, and perhaps a panel for details. */
export function Page({ title, trail = [], children, ...layout }: PageProps) {
  const notices = useNotices();
  const navigation = navigationSetting.use();
  const content = useRef<HTMLDivElement>(null);
  useEffect(() => {
    document.title = `${title} – Lambray`;
  }, [title]);
  useFocusOnArrival(content);
  return (
    <AppLayout
      // A list, a map and a time axis gain from all the width there is.
      maxContentWidth={Number.MAX_VALUE}
      headerSelector="#top-bar"
      toolsHide
      navigation={<Navigation />}
      navigationWidth={220}
      navigationOpen={navigation === 'open'}
      onNavigationChange={({ detail }) => {
        navigationSetting.set(detail.open ? 'open' : 'closed');
      }}
      ariaLabels={{
        navigation: 'Pages',
        navigationToggle: 'Show the navigation',
        navigationClose: 'Hide the navigation',
        notifications: 'Notices',
      }}
      notifications={notices.length > 0 && <Flashbar stackItems items={notices} />}
      breadcrumbs={trail.length > 0 && <BreadcrumbGroup ariaLabel="Way here" items={[...trail, { text: title, href: hrefTo([]) }]} />}
      content={<div ref={content} className="page-content">{children}</div>}
      {...layout}
    />
  );
}

let arrivedBefore = false;

// Who comes by a link starts reading at the page's heading, as after a load. The first page has the browser's own focus.
function useFocusOnArrival(content: { current: HTMLDivElement | null }): void {
  useEffect(() => {
    if (arrivedBefore) {
      const heading = content.current?.querySelector<HTMLElement>('h1') ?? content.current;
      heading?.setAttribute('tabindex', '-1');
      heading?.focus({ preventScroll: true });
    }
    arrivedBefore = true;
  }, [content]);
}
