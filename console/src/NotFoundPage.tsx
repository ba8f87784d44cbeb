import Alert from '@cloudscape-design/components/alert';
import Header from '@cloudscape-design/components/header';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { navigationPages } from './pages';
import { hrefTo } from './routing/place';
import { Page } from './shell/Page';

export function NotFoundPage() {
  return (
    <Page title="Not found">
      <SpaceBetween size="m">
        <Header variant="h1">There is no such page</Header>
        <Alert type="warning">
          There are{' '}
          {navigationPages.map(({ path, name }, index) => (
            <span key={path}>
              {index > 0 && ', '}
              <Link href={hrefTo([path])}>{name}</Link>
            </span>
          ))}
          .
        </Alert>
      </SpaceBetween>
    </Page>
  );
}
