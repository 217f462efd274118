import { useImperativeHandle, useRef, useState, type Ref } from 'react';
import { Link } from 'react-router';
import { useTranslation } from 'react-i18next';
import { useBlobUrl } from './use-documents.ts';
import styles from './scan-screen.module.css';

export interface StackPicture {
  /** Shows this frame until the page's own cover is there. The bitmap is given away. */
  show(frame: ImageBitmap): void;
}

interface StackProps {
  readonly ref: Ref<StackPicture>;
  readonly documentId: string | undefined;
  readonly lastPageId: string | undefined;
  readonly count: number;
}

/** The pages taken so far, the last on top; leads to its review. Its place is kept while there are none. */
export function Stack({ ref, documentId, lastPageId, count }: StackProps) {
  const { t } = useTranslation();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [hasFrame, setHasFrame] = useState(false);
  const cover = useBlobUrl(lastPageId ?? '', 'cover');
  useImperativeHandle(
    ref,
    () => ({
      show(frame) {
        if (canvas.current === null) return frame.close();
        canvas.current.width = frame.width;
        canvas.current.height = frame.height;
        canvas.current.getContext('bitmaprenderer')?.transferFromImageBitmap(frame);
        setHasFrame(true);
      },
    }),
    [],
  );
  return (
    <div className={styles.stack} data-filled={hasFrame || count > 0 || undefined}>
      {count > 1 && <span className={styles.stackUnder} />}
      <canvas ref={canvas} className={styles.stackPicture} width={1} height={1} />
      {cover !== undefined && <img className={styles.stackPicture} src={cover} alt="" />}
      {count > 0 && (
        <span className={styles.stackCount} aria-hidden>
          {count}
        </span>
      )}
      {documentId !== undefined && lastPageId !== undefined && (
        <Link
          to={`/documents/${documentId}/pages/${lastPageId}`}
          className={styles.stackLink ?? ''}
          aria-label={t('scan.review', { count })}
        />
      )}
    </div>
  );
}
