import { useEffect, useEffectEvent, useState } from 'react';

import { bringsFiles, filesFromTransfer } from './files-from-transfer.ts';

/**
 * Takes in files that are dropped or pasted anywhere in the window. For one part of the screen at a time: two that listen
 * would both take them.
 *
 * @param isOn whether to listen at all
 * @returns whether files are held over the window at this moment
 */
export function useFileDrop(isOn: boolean, onFiles: (files: readonly File[]) => void): boolean {
  const [isOver, setIsOver] = useState(false);
  const takeIn = useEffectEvent((files: readonly File[]) => {
    if (files.length > 0) onFiles(files);
  });

  useEffect(() => {
    if (!isOn) return undefined;
    const listening = new AbortController();
    // Captured, since lists that reorder by dragging keep drags to themselves.
    const options = { signal: listening.signal, capture: true };
    const over = (event: DragEvent) => {
      if (event.dataTransfer === null || !bringsFiles(event.dataTransfer)) return;
      event.preventDefault();
      event.stopPropagation();
      event.dataTransfer.dropEffect = 'copy';
      setIsOver(true);
    };
    window.addEventListener('dragenter', over, options);
    window.addEventListener('dragover', over, options);
    window.addEventListener(
      'dragleave',
      (event) => {
        // Leaving one element for another has the other as its related target; leaving the window has none.
        if (event.relatedTarget === null) setIsOver(false);
      },
      options,
    );
    window.addEventListener(
      'drop',
      (event) => {
        if (event.dataTransfer === null || !bringsFiles(event.dataTransfer)) return;
        event.preventDefault();
        event.stopPropagation();
        setIsOver(false);
        void filesFromTransfer(event.dataTransfer).then(takeIn);
      },
      options,
    );
    window.addEventListener(
      'paste',
      (event) => {
        if (event.clipboardData === null || event.clipboardData.files.length === 0) return;
        event.preventDefault();
        void filesFromTransfer(event.clipboardData).then(takeIn);
      },
      options,
    );
    return () => listening.abort();
  }, [isOn]);

  return isOver;
}
