import TopNavigation, { type TopNavigationProps } from '@cloudscape-design/components/top-navigation';
import { hrefTo } from '../routing/place';
import { useSignOutUtility } from '../signin/useSignOut';
import { zoneSetting } from '../units/moments';
import { useLiveUtility } from './LiveMark';
import logo from './lambray.svg';
import type { Setting } from './setting';
import { themeSetting } from './theme';

/** The bar at the top of every page. */
export function TopBar() {
  const live = useLiveUtility();
  const signOut = useSignOutUtility();
  const zone = useChoice('Times', 'calendar', zoneSetting, { local: 'Local time', utc: 'UTC' });
  const theme = useChoice('Theme', 'settings', themeSetting, { system: 'Same as system', light: 'Light', dark: 'Dark' });
  return <TopNavigation identity={{ href: hrefTo([]), title: 'Lambray', logo: { src: logo, alt: '' } }} utilities={[live, zone, theme, ...signOut]} />;
}

function useChoice<T extends string>(
  title: string,
  iconName: 'calendar' | 'settings',
  setting: Setting<T>,
  names: Record<T, string>,
): TopNavigationProps.MenuDropdownUtility {
  const chosen = setting.use();
  return {
    type: 'menu-dropdown',
    iconName,
    text: title,
    items: (Object.entries(names) as [T, string][]).map(([id, text]) => ({ id, text, itemType: 'checkbox', checked: id === chosen })),
    onItemClick: ({ detail }) => {
      setting.set(detail.id as T);
    },
  };
}
