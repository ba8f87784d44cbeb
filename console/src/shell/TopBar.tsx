import TopNavigation, { type TopNavigationProps } from '@cloudscape-design/components/top-navigation';
import logo from './lambray.svg';
import { chooseTheme, useThemeChoice, type ThemeChoice } from './theme';

const themeNames: Record<ThemeChoice, string> = { system: 'Same as system', light: 'Light', dark: 'Dark' };

/** The bar at the top of every page. */
export function TopBar() {
  return <TopNavigation identity={{ href: '#/traces', title: 'Lambray', logo: { src: logo, alt: '' } }} utilities={[useThemeMenu()]} />;
}

function useThemeMenu(): TopNavigationProps.MenuDropdownUtility {
  const choice = useThemeChoice();
  return {
    type: 'menu-dropdown',
    iconName: 'settings',
    text: 'Theme',
    items: Object.entries(themeNames).map(([id, text]) => ({
      id,
      text,
      itemType: 'checkbox',
      checked: id === choice,
    })),
    onItemClick: ({ detail }) => {
      chooseTheme(detail.id as ThemeChoice);
    },
  };
}
