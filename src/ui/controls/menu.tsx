import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { Menu as AriaMenu, MenuItem, MenuTrigger } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';

import { classNames } from './class-names.ts';
import styles from './menu.module.css';

export interface MenuAction {
  readonly id: string;
  readonly label: string;
  readonly icon?: LucideIcon;
  readonly isDanger?: boolean;
  readonly isDisabled?: boolean;
  readonly onAction: () => void;
}

interface MenuProps {
  /** Names the menu for screen readers. */
  readonly label: string;
  /** The button that opens it: a `Button` or an `IconButton`. */
  readonly trigger: ReactNode;
  readonly actions: readonly MenuAction[];
}

export function Menu({ label, trigger, actions }: MenuProps) {
  return (
    <MenuTrigger>
      {trigger}
      <Popover className={styles.popover ?? ''} offset={4}>
        <Actions label={label} actions={actions} />
      </Popover>
    </MenuTrigger>
  );
}

interface OpenMenuProps extends Pick<MenuProps, 'label' | 'actions'> {
  /** The button that asked for it, which has the focus again afterwards. */
  readonly anchor: Element;
  readonly onClose: () => void;
}

/** The one menu of many buttons, as in a list, where a menu for each would make every item dear. */
export function OpenMenu({ label, actions, anchor, onClose }: OpenMenuProps) {
  return (
    <Popover
      className={styles.popover ?? ''}
      offset={4}
      triggerRef={{ current: anchor }}
      isOpen
      onOpenChange={onClose}
      aria-label={label}
    >
      <Actions label={label} actions={actions} onClose={onClose} />
    </Popover>
  );
}

function Actions({
  label,
  actions,
  onClose,
}: Pick<MenuProps, 'label' | 'actions'> & { readonly onClose?: () => void }) {
  return (
    <AriaMenu
      aria-label={label}
      className={styles.menu ?? ''}
      items={actions}
      {...(onClose === undefined ? {} : { onClose, autoFocus: 'first' })}
    >
      {({ id, label: text, icon: Icon, isDanger = false, isDisabled = false, onAction }) => (
        <MenuItem
          id={id}
          textValue={text}
          isDisabled={isDisabled}
          onAction={onAction}
          className={classNames(styles.item, isDanger && styles.danger)}
        >
          {Icon !== undefined && <Icon size={20} aria-hidden />}
          {text}
        </MenuItem>
      )}
    </AriaMenu>
  );
}
