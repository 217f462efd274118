import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Dialog as AriaDialog } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { useTranslation } from 'react-i18next';

import { IconButton } from './button.tsx';
import { classNames } from './class-names.ts';
import styles from './dialog.module.css';

interface DialogProps {
  readonly title: string;
  readonly isOpen: boolean;
  readonly onOpenChange: (isOpen: boolean) => void;
  readonly children: ReactNode;
  /** The row of buttons at the end, the one that goes on last. */
  readonly actions?: ReactNode;
  /** An alert dialog is about something that cannot be undone, and is not closed by a tap beside it. */
  readonly isAlert?: boolean;
  /** False while something runs that must be stopped first. */
  readonly isDismissable?: boolean;
}

function Overlay({
  shape,
  title,
  isOpen,
  onOpenChange,
  children,
  actions,
  isAlert = false,
  isDismissable = true,
}: DialogProps & { readonly shape: 'dialog' | 'sheet' }) {
  const { t } = useTranslation();
  return (
    <ModalOverlay
      className={classNames(styles.scrim, styles[`${shape}Scrim`])}
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      isDismissable={isDismissable && !isAlert}
      isKeyboardDismissDisabled={!isDismissable}
    >
      <Modal className={classNames(styles.modal, styles[shape])}>
        <AriaDialog className={styles.content ?? ''} role={isAlert ? 'alertdialog' : 'dialog'}>
          <header className={styles.header}>
            <Heading slot="title" level={2} className={styles.title ?? ''}>
              {title}
            </Heading>
            {!isAlert && isDismissable && (
              <IconButton icon={X} label={t('controls.close')} onPress={() => onOpenChange(false)} />
            )}
          </header>
          <div className={styles.body}>{children}</div>
          {actions !== undefined && <footer className={styles.actions}>{actions}</footer>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

/** In the middle of the screen. */
export function Dialog(props: DialogProps) {
  return <Overlay shape="dialog" {...props} />;
}

/** From below on a phone, in the middle on a desktop. */
export function Sheet(props: DialogProps) {
  return <Overlay shape="sheet" {...props} />;
}
