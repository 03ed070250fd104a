import { Ban, Ellipsis, KeyRound, Pencil, Trash2, Undo2 } from 'lucide-react';
import type { UserDetails } from '../../../contract/users.ts';
import { IconButton } from '../../ui/button.tsx';
import { Menu, MenuItem, MenuLine } from '../../ui/menu.tsx';

export type UserAction = 'edit' | 'reset' | 'admit' | 'delete';

interface UserMenuProps {
  readonly user: UserDetails;
  /** Nobody locks themselves out: then what would is left away. */
  readonly isMe: boolean;
  readonly onAct: (action: UserAction) => void;
}

/** What can be done with a user. */
export function UserMenu({ user, isMe, onAct }: UserMenuProps) {
  const isBlocked = user.state === 'blocked';
  return (
    <Menu
      align="end"
      trigger={
        <IconButton label={`Actions for ${user.name}`}>
          <Ellipsis aria-hidden size={16} />
        </IconButton>
      }
    >
      <MenuItem icon={<Pencil size={14} />} onSelect={() => onAct('edit')}>
        Change
      </MenuItem>
      {isMe ? null : (
        <>
          <MenuItem icon={<KeyRound size={14} />} onSelect={() => onAct('reset')}>
            Reset the password
          </MenuItem>
          <MenuLine />
          {isBlocked ? (
            <MenuItem icon={<Undo2 size={14} />} onSelect={() => onAct('admit')}>
              Unblock
            </MenuItem>
          ) : (
            <MenuItem icon={<Ban size={14} />} onSelect={() => onAct('admit')}>
              Block
            </MenuItem>
          )}
          <MenuItem icon={<Trash2 size={14} />} onSelect={() => onAct('delete')}>
            Delete
          </MenuItem>
        </>
      )}
    </Menu>
  );
}
