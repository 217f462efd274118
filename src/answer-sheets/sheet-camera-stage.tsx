import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { Quad, Size } from '#contract/images.ts';
import type { ReadablePage, SheetPhotoReading } from '#contract/sheets.ts';
import type { Camera } from '#src/capture/camera.ts';
import { engine } from '#src/engine/engine.ts';
import type { ExamRecord } from '#src/store/records.ts';
import { showToast } from '#src/ui/controls/toast.tsx';
import { addReadSheet } from './flow.ts';
import type { CaughtSheet } from './sheet-camera-caught.tsx';
import { describeSight, type SheetWatch, watchingSheets, watchSheet } from './sheet-camera-decide.ts';
import { type LiveReading, readSheetFrames } from './sheet-camera-frames.ts';
import styles from './sheet-camera.module.css';
import { readingOptionsOf } from './written-options.ts';

export type SheetHint = 'starting' | 'looking' | 'almost' | 'kept' | 'otherExam' | 'unknownPage' | 'blind';

interface SheetStageProps {
  readonly record: ExamRecord;
  readonly camera: Camera;
  /** Undefined until they are laid out: nothing is read before. */
  readonly pages: readonly ReadablePage[] | undefined;
  readonly onHint: (hint: SheetHint) => void;
  readonly onCaught: (sheet: CaughtSheet) => void;
}

interface Outline {
  readonly corners: Quad;
  readonly frame: Size;
  readonly isKept: boolean;
}

/** The camera's picture; the sheet that is recognised in it has a line around it. */
export function SheetStage({ record, camera, pages, onHint, onCaught }: SheetStageProps) {
  const { t } = useTranslation();
  const video = useRef<HTMLVideoElement>(null);
  const watch = useRef<SheetWatch>(watchingSheets);
  const [outline, setOutline] = useState<Outline>();

  const keep = useEffectEvent(async (photo: Blob, read: SheetPhotoReading, doubtful: number) => {
    try {
      onCaught({ ...(await addReadSheet(record.id, photo, read)), doubtful, at: Date.now() });
    } catch (cause) {
      console.error(cause);
      // Looked at anew, so that showing it again is all there is to do.
      watch.current = watchingSheets;
      showToast({ text: t('sheets.camera.notKept') });
    }
  });

  const onReading = useEffectEvent(async ({ read, photo }: LiveReading) => {
    const sight = photo === undefined ? undefined : describeSight(read);
    const { watch: next, keeps } = watchSheet(watch.current, sight);
    watch.current = next;
    const found = read.reading?.found === true ? read.reading : undefined;
    const isKept = next.kept !== undefined && sight !== undefined && next.seen.length === 0;
    setOutline(found && { corners: found.corners, frame: read.photoSize, isKept });
    onHint(hintOf(read, record, isKept));
    if (keeps && photo !== undefined && sight !== undefined) await keep(photo, read, sight.doubtful);
  });

  const onFailure = useEffectEvent(() => onHint('blind'));
  const read = useEffectEvent((frame: ImageBitmap) =>
    engine.run(
      'answer-sheets.read-frame',
      {
        frame,
        pages: pages ?? [],
        options: readingOptionsOf(record.exam),
        // Sheets of others have no code of ours to disagree with.
        ...(record.exam.origin === 'own' ? { examCode: record.code } : {}),
      },
      { priority: 'live' },
    ),
  );

  useEffect(() => {
    const element = video.current;
    if (element === null) return undefined;
    element.srcObject = camera.stream;
    // Refused only when the element has gone again meanwhile.
    element.play().catch(() => undefined);
    return () => {
      element.srcObject = null;
    };
  }, [camera]);

  const isReady = pages !== undefined;
  useEffect(() => {
    const element = video.current;
    if (element === null || !isReady) return undefined;
    return readSheetFrames({
      video: element,
      read: (frame) => read(frame),
      onReading: (reading) => onReading(reading),
      onFailure: () => onFailure(),
    });
  }, [isReady]);

  return (
    <div className={styles.picture} data-mirrored={camera.facesUser || undefined}>
      <video ref={video} className={styles.video} autoPlay muted playsInline />
      {outline !== undefined && (
        <svg className={styles.outline} viewBox={`0 0 ${outline.frame.width} ${outline.frame.height}`} aria-hidden>
          <polygon
            data-kept={outline.isKept || undefined}
            points={outline.corners.map(({ x, y }) => `${x},${y}`).join(' ')}
          />
        </svg>
      )}
    </div>
  );
}

function hintOf({ identity, readAs, reading }: SheetPhotoReading, record: ExamRecord, isKept: boolean): SheetHint {
  if (isKept) return 'kept';
  if (reading?.found === true) return 'almost';
  if (identity !== undefined && identity.exam !== record.code) return 'otherExam';
  if (identity !== undefined && readAs === undefined) return 'unknownPage';
  return 'looking';
}
