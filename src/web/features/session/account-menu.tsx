import { BookOpen, CircleUser, Keyboard, KeyRound, LogOut, Monitor, Moon, Plus, Settings, Sun } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Session } from '../../../contract/access.ts';
import { failureText } from '../../lib/refusal.ts';
import { chooseTheme, type Theme, useTheme } from '../../lib/theme.ts';
import { IconButton } from '../../ui/button.tsx';
import { Menu, MenuChoice, MenuItem, MenuLabel, MenuLine } from '../../ui/menu.tsx';
import { useToast } from '../../ui/toast.tsx';
import { useSignOut } from './sign-out-mutation.ts';

interface AccountMenuProps {
  readonly session: Session;
  readonly onSettings: () => void;
  readonly onAdd: () => void;
  readonly onShortcuts: () => void;
  readonly onChangePassword: () => void;
  readonly onSignedOut: () => void;
}

const themeOptions: readonly (readonly [Theme, ReactNode])[] = [
  ['system', <ThemeName key="system" icon={<Monitor aria-hidden size={14} />} name="System" />],
  ['light', <ThemeName key="light" icon={<Sun aria-hidden size={14} />} name="Light" />],
  ['dark', <ThemeName key="dark" icon={<Moon aria-hidden size={14} />} name="Dark" />],
];

export function AccountMenu(props: AccountMenuProps) {
  const { session, onSettings, onAdd, onShortcuts, onChangePassword, onSignedOut } = props;
  const theme = useTheme();
  const signOut = useSignOut();
  const tell = useToast();
  const leave = () =>
    signOut.mutate(undefined, {
      onSuccess: onSignedOut,
      onError: (error) => tell(`You could not be signed out. ${failureText(error)}`),
    });
  return (
    <Menu
      align="end"
      trigger={
        <IconButton label="Account and appearance">
          <CircleUser aria-hidden size={17} />
        </IconButton>
      }
    >
      {session.signed_in ? (
        <>
          <div className="px-2 pt-1 pb-1.5">
            <p className="truncate font-medium">{session.name ?? session.username}</p>
            {session.username !== null && session.username !== session.name ? (
              <p className="truncate text-sm text-muted">{session.username}</p>
            ) : null}
          </div>
          <MenuLine />
          <MenuItem icon={<Settings size={14} />} onSelect={onSettings}>
            Settings
          </MenuItem>
          <MenuLine />
        </>
      ) : null}
      <MenuLabel>Theme</MenuLabel>
      <MenuChoice
        value={theme}
        options={themeOptions}
        onChange={(value) => chooseTheme(themeOptions.find(([option]) => option === value)?.[0] ?? 'system')}
      />
      <MenuLine />
      <MenuItem icon={<Plus size={14} />} onSelect={onAdd}>
        Add a pipeline
      </MenuItem>
      <MenuItem icon={<Keyboard size={14} />} onSelect={onShortcuts}>
        Keyboard shortcuts
      </MenuItem>
      <MenuItem icon={<BookOpen size={14} />} onSelect={() => open('/docs', '_blank', 'noopener')}>
        API reference
      </MenuItem>
      {session.signed_in ? (
        <>
          <MenuLine />
          {session.username === null ? null : (
            <MenuItem icon={<KeyRound size={14} />} onSelect={onChangePassword}>
              Change password
            </MenuItem>
          )}
          <MenuItem icon={<LogOut size={14} />} onSelect={leave}>
            Sign out
          </MenuItem>
        </>
      ) : null}
    </Menu>
  );
}

function ThemeName({ icon, name }: { icon: ReactNode; name: string }) {
  return (
    <span className="inline-flex items-center gap-2">
      <span className="text-muted">{icon}</span>
      {name}
    </span>
  );
}
