import AppLayout, { type AppLayoutProps } from '@cloudscape-design/components/app-layout';
import BreadcrumbGroup from '@cloudscape-design/components/breadcrumb-group';
import { useEffect, type ReactNode } from 'react';

interface PageProps extends Pick<AppLayoutProps, 'contentType' | 'splitPanel' | 'splitPanelOpen' | 'onSplitPanelToggle' | 'splitPanelSize' | 'onSplitPanelResize'> {
  title: string;
  children: ReactNode;
}

/** What every page stands in: title, way back to the traces, content, and perhaps a panel for details. */
export function Page({ title, children, ...layout }: PageProps) {
  useEffect(() => {
    document.title = `${title} – Lambray`;
  }, [title]);
  return (
    <AppLayout
      // A list and a time axis gain from all the width there is.
      maxContentWidth={Number.MAX_VALUE}
      headerSelector="#top-bar"
      navigationHide
      toolsHide
      breadcrumbs={title === 'Traces' ? undefined : <Trail title={title} />}
      content={children}
      {...layout}
    />
  );
}

function Trail({ title }: { title: string }) {
  return (
    <BreadcrumbGroup
      items={[
        { text: 'Traces', href: '#/traces' },
        { text: title, href: '' },
      ]}
    />
  );
}
