import Alert from '@cloudscape-design/components/alert';
import Link from '@cloudscape-design/components/link';
import { navigationPages } from './pages';
import { hrefTo } from './routing/place';
import { Page } from './shell/Page';

export function NotFoundPage() {
  return (
    <Page title="Not found">
      <Alert type="warning" header="There is no such page">
        There are{' '}
        {navigationPages.map(({ path, name }, index) => (
          <span key={path}>
            {index > 0 && ', '}
            <Link href={hrefTo([path])}>{name}</Link>
          </span>
        ))}
        .
      </Alert>
    </Page>
  );
}
