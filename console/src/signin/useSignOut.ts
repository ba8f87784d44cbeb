import type { TopNavigationProps } from '@cloudscape-design/components/top-navigation';
import { send } from '../api/request';
import { useSession, useSessionChange } from './useSession';

/** Who is signed in, and the way out; nothing where nobody has to sign in. */
export function useSignOutUtility(): TopNavigationProps.MenuDropdownUtility[] {
  const { data } = useSession();
  const changed = useSessionChange();
  if (!data?.isRequired || data.user === null) return [];
  return [
    {
      type: 'menu-dropdown',
      iconName: 'user-profile',
      text: data.user.split(/[:/]/).at(-1) ?? data.user,
      description: data.user,
      items: [{ id: 'sign-out', text: 'Sign out' }],
      onItemClick: () => {
        void send('delete', '/session', {}).then(changed);
      },
    },
  ];
}
