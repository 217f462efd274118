import type { LucideIcon } from 'lucide-react';
import { Button, type ButtonProps } from 'react-aria-components/Button';
import { classNames } from '#src/ui/controls/class-names.ts';
import styles from './review-tool.module.css';

interface ReviewToolProps extends Pick<ButtonProps, 'isDisabled' | 'onPress' | 'onPressStart' | 'onPressEnd'> {
  readonly icon: LucideIcon;
  readonly children: string;
  /** Said in place of the word, which it begins with; for what a word alone does not tell. */
  readonly label?: string;
  readonly className?: string | undefined;
}

/** One of a row of tools: an icon with its word below, as narrow as a phone needs it. */
export function ReviewTool({ icon: Icon, children, label, className, ...rest }: ReviewToolProps) {
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
