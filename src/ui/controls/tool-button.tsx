import type { LucideIcon } from 'lucide-react';
import { Button, type ButtonProps } from 'react-aria-components/Button';
import { classNames } from './class-names.ts';
import styles from './tool-button.module.css';

interface ToolButtonProps extends Pick<ButtonProps, 'isDisabled' | 'onPress' | 'onPressStart' | 'onPressEnd'> {
  readonly icon: LucideIcon;
  readonly children: string;
  /** Said in place of the word, which it begins with; for what a word alone does not tell. */
  readonly label?: string;
  readonly className?: string | undefined;
}

/** One of a row of tools: an icon with its word below, as narrow as a phone needs it. */
export function ToolButton({ icon: Icon, children, label, className, ...rest }: ToolButtonProps) {
  return (
    <Button
      {...rest}
      className={classNames(styles.tool, className)}
      {...(label === undefined ? {} : { 'aria-label': label })}
    >
      <Icon size={22} aria-hidden />
      <span>{children}</span>
    </Button>
  );
}
