import { useEffect, useEffectEvent } from 'react';

/**
 * Keys that work wherever the focus is, unless it is on something that they belong to.
 *
 * @param press returns false where the key means nothing
 */
export function useKeys(press: (event: KeyboardEvent) => unknown) {
  const pressNow = useEffectEvent(press);
  useEffect(() => {
    function down(event: KeyboardEvent) {
      if (event.altKey || event.ctrlKey || event.metaKey || event.repeat) return;
      const { target } = event;
      if (target instanceof Element) {
        if (target.closest('input, textarea, select, [role=dialog], [role=menu], [role=radiogroup]') !== null) return;
        const isPress = event.key === 'Enter' || event.key === ' ';
        if (isPress && target.closest('a, button') !== null) return;
      }
      if (pressNow(event) !== false) event.preventDefault();
    }
    addEventListener('keydown', down);
    return () => removeEventListener('keydown', down);
  }, []);
}
