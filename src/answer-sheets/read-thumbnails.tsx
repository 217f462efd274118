import { FileText } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';

import { sheetRecords } from '#src/store/sheet-records.ts';
import { theStore } from '#src/store/store.ts';
import styles from './read-list.module.css';

/** Of the picture's long side: 64 CSS pixels on a fine display. */
const longSidePx = 128;

/** Pictures of 500 sheets are 25 MB; they stay as long as the page does. */
const pictures = new Map<string, Promise<ImageBitmap | undefined>>();

/** Decoding a photo takes 50 ms or more: one at a time, so that scrolling stays smooth. */
let line: Promise<unknown> = Promise.resolve();

function makePicture(sheetId: string): Promise<ImageBitmap | undefined> {
  const known = pictures.get(sheetId);
  if (known !== undefined) return known;
  const picture = makeAfter(line, sheetId);
  line = picture;
  pictures.set(sheetId, picture);
  return picture;
}

async function makeAfter(others: Promise<unknown>, sheetId: string): Promise<ImageBitmap | undefined> {
  await others;
  const photo = await sheetRecords(theStore().db).getPhoto(sheetId);
  if (photo !== undefined) {
    try {
      return await createImageBitmap(photo, { resizeHeight: longSidePx, resizeQuality: 'medium' });
    } catch {
      // What the browser does not decode has no small picture, nothing worse.
    }
  }
  // Tried again when it is asked for again: a page of a PDF may not be taken out yet.
  pictures.delete(sheetId);
  return undefined;
}

interface ThumbnailProps {
  readonly sheetId: string;
  /** There is a photo to be drawn. */
  readonly isThere: boolean;
}

/** The small picture of a sheet, made when it comes into view. Named by the words beside it. */
export function Thumbnail({ sheetId, isThere }: ThumbnailProps) {
  const place = useRef<HTMLSpanElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [isDrawn, setIsDrawn] = useState(false);

  useEffect(() => {
    const element = place.current;
    if (element === null || !isThere) return undefined;
    let isWanted = true;
    const draw = async () => {
      const picture = await makePicture(sheetId);
      if (!isWanted || picture === undefined || canvas.current === null) return;
      canvas.current.width = picture.width;
      canvas.current.height = picture.height;
      canvas.current.getContext('2d')?.drawImage(picture, 0, 0);
      setIsDrawn(true);
    };
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (entry?.isIntersecting !== true) return;
        observer.disconnect();
        draw().catch((cause: unknown) => console.error(cause));
      },
      { rootMargin: '200px' },
    );
    observer.observe(element);
    return () => {
      isWanted = false;
      observer.disconnect();
    };
  }, [sheetId, isThere]);

  return (
    <span ref={place} className={styles.thumbnail} aria-hidden>
      <canvas ref={canvas} hidden={!isDrawn} />
      {!isDrawn && <FileText size={22} />}
    </span>
  );
}
