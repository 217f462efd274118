import type { LucideIcon } from 'lucide-react';
import type { ReactNode, Ref } from 'react';
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components/Button';
import { Tooltip, TooltipTrigger } from 'react-aria-components/Tooltip';

import styles from './button.module.css';
import { classNames } from './class-names.ts';

export type ButtonKind = 'primary' | 'plain' | 'quiet' | 'danger';

interface ButtonProps extends Omit<AriaButtonProps, 'className' | 'children' | 'style'> {
  readonly kind?: ButtonKind;
  readonly icon?: LucideIcon;
  readonly children: ReactNode;
  /** As wide as the room it has. */
  readonly wide?: boolean;
  /** On a phone the words are only said, and the icon stands for them. */
  readonly isCompact?: boolean;
  readonly className?: string;
  readonly ref?: Ref<HTMLButtonElement>;
}

export function Button({
  kind = 'plain',
  icon: Icon,
  children,
  wide = false,
  isCompact = false,
  className,
  ...rest
}: ButtonProps) {
  return (
    <AriaButton {...rest} className={classNames(styles.button, styles[kind], wide && styles.wide, className)}>
      {Icon !== undefined && <Icon size={20} aria-hidden />}
      <span className={classNames(styles.label, isCompact && styles.compactLabel)}>{children}</span>
    </AriaButton>
  );
}

interface IconButtonProps extends Omit<AriaButtonProps, 'className' | 'children' | 'aria-label' | 'style'> {
  readonly icon: LucideIcon;
  /** Said by screen readers and shown as a tooltip. */
  readonly label: string;
  readonly kind?: ButtonKind;
  readonly className?: string;
  readonly ref?: Ref<HTMLButtonElement>;
}

export function IconButton({ icon: Icon, label, kind = 'quiet', className, ...rest }: IconButtonProps) {
  return (
    <TooltipTrigger delay={600}>
      <AriaButton
        {...rest}
        aria-label={label}
        className={classNames(styles.button, styles.icon, styles[kind], className)}
      >
        <Icon size={22} aria-hidden />
      </AriaButton>
      <Tooltip className={styles.tooltip ?? ''} offset={6}>
        {label}
      </Tooltip>
    </TooltipTrigger>
  );
}
