import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import { Component, type ReactNode } from 'react';
import { Page } from './Page';

/** Keeps a page that breaks from taking the whole console with it. */
export class PageBoundary extends Component<{ children: ReactNode }, { error: Error | null }> {
  override state: { error: Error | null } = { error: null };

  static getDerivedStateFromError(error: unknown) {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override render() {
    const { error } = this.state;
    if (error === null) return this.props.children;
    return (
      <Page title="Page failed">
        <Header variant="h1">This page could not be shown</Header>
        {/* Also what a page sees that was open while the server was replaced by another version: its parts have other names now. */}
        <Alert
          type="error"
          action={
            <Button
              onClick={() => {
                window.location.reload();
              }}
            >
              Load it anew
            </Button>
          }
        >
          {error.message}
        </Alert>
      </Page>
    );
  }
}
