import { useEffect, useEffectEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMatch, useNavigate } from 'react-router';

import { bringsFiles, filesFromTransfer } from '#src/capture/files-from-transfer.ts';
import styles from './drop-anywhere.module.css';
import { takeInFiles } from './take-in-files.ts';

/** Takes in files that are dropped or pasted anywhere: into the open document, else into a new one. */
export function DropAnywhere() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const documentId = useMatch('/documents/:documentId/*')?.params.documentId;
  const isScanning = useMatch('/scan') !== null;
  const [isOver, setIsOver] = useState(false);

  const takeIn = useEffectEvent(async (files: readonly File[]) => {
    if (files.length === 0) return;
    const { documentId: into } = await takeInFiles(files, documentId);
    if (into !== undefined && into !== documentId) await navigate(`/documents/${into}`);
  });

  useEffect(() => {
    // The camera screen decides itself what becomes of files.
    if (isScanning) return undefined;
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
  }, [isScanning]);

  if (!isOver) return null;
  return (
    <div className={styles.cover} aria-hidden>
      <p className={styles.words}>{t('app.dropHere')}</p>
    </div>
  );
}
