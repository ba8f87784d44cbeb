import SideNavigation from '@cloudscape-design/components/side-navigation';
import { navigationPages } from '../pages';
import { hrefTo } from '../routing/place';
import { usePlace } from '../routing/usePlace';

// They mean the same on every page that has them.
const kept = ['last', 'from', 'to', 'group'];

/** The pages of the console. The range of time that is looked at goes along. */
export function Navigation() {
  const { path, query } = usePlace();
  const along = Object.fromEntries(kept.map((name) => [name, query.get(name)]));
  const hrefOf = (page: string) => hrefTo([page], along);
  return (
    <SideNavigation
      activeHref={hrefOf(path[0] ?? 'map')}
      items={navigationPages.map(({ path: page, name }) => ({ type: 'link', text: name, href: hrefOf(page) }))}
    />
  );
}
