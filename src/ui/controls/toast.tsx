import { X } from 'lucide-react';
import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';

import { Button, IconButton } from './button.tsx';
import styles from './toast.module.css';

export interface ToastText {
  readonly text: string;
  readonly action?: { readonly label: string; readonly onAction: () => void };
}

interface Toast extends ToastText {
  readonly id: number;
}

// Long enough to read two lines and reach for "Undo"; WCAG 2.2.1 is met because the time stops under the pointer and focus.
const shownForMs = 10_000;
const mostShown = 2;

let nextId = 1;
let toasts: readonly Toast[] = [];
const listeners = new Set<() => void>();

function change(next: readonly Toast[]) {
  toasts = next;
  for (const listener of listeners) listener();
}

/** Says what was done, with at most one thing to do about it. The newest two stay on the screen. */
export function showToast(toast: ToastText): void {
  change([...toasts, { ...toast, id: nextId++ }].slice(-mostShown));
}

function dismissToast(id: number): void {
  change(toasts.filter((each) => each.id !== id));
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Where toasts appear: once, in the shell. Stays reachable while a dialog is open. */
export function ToastRegion() {
  const { t } = useTranslation();
  const shown = useSyncExternalStore(subscribe, () => toasts);
  return (
    <section className={styles.region} aria-label={t('controls.notices')} data-react-aria-top-layer="true">
      <ol className={styles.list} aria-live="polite">
        {shown.map((toast) => (
          <li key={toast.id}>
            <ToastCard toast={toast} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function ToastCard({ toast }: { readonly toast: Toast }) {
  const { t } = useTranslation();
  const [isHeld, setIsHeld] = useState(false);
  const card = useRef<HTMLDivElement>(null);
  const dismiss = useCallback(() => dismissToast(toast.id), [toast.id]);

  useEffect(() => {
    if (isHeld) return undefined;
    const timer = setTimeout(dismiss, shownForMs);
    return () => clearTimeout(timer);
  }, [isHeld, dismiss]);

  return (
    <div
      ref={card}
      className={styles.toast}
      onPointerEnter={() => setIsHeld(true)}
      onPointerLeave={() => setIsHeld(false)}
      onFocus={() => setIsHeld(true)}
      onBlur={() => setIsHeld(false)}
    >
      <p className={styles.text}>{toast.text}</p>
      {toast.action !== undefined && (
        <Button
          kind="quiet"
          className={styles.action ?? ''}
          onPress={() => {
            toast.action?.onAction();
            dismiss();
          }}
        >
          {toast.action.label}
        </Button>
      )}
      <IconButton icon={X} label={t('controls.close')} className={styles.close ?? ''} onPress={dismiss} />
    </div>
  );
}
