import { ArrowLeft, Camera, Contrast, Crop, RotateCw, ScanText, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useTranslation } from 'react-i18next';
import { looks, type Turns } from '#contract/pages.ts';
import type { PageRecord } from '#src/store/records.ts';
import { useSettings } from '#src/store/use-settings.ts';
import { Button, IconButton } from '#src/ui/controls/button.tsx';
import { showToast } from '#src/ui/controls/toast.tsx';
import { ToolButton } from '#src/ui/controls/tool-button.tsx';
import { failureSentence } from '#src/ui/failure-sentence.ts';
import { useTitle } from '#src/ui/use-title.ts';
import { applyLook, deletePages, tryAgain } from './flow.ts';
import { LooksPanel } from './looks-panel.tsx';
import { useEdits } from './review-edits.ts';
import { usePreviews } from './review-previews.ts';
import { ReviewStage } from './review-stage.tsx';
import { ReviewWarnings } from './review-warnings.tsx';
import { useBlobUrl } from './use-documents.ts';
import styles from './review-screen.module.css';

interface ReviewPageProps {
  readonly documentId: string;
  readonly page: PageRecord;
  readonly number: number;
  readonly total: number;
  readonly onPrevious: (() => void) | undefined;
  readonly onNext: (() => void) | undefined;
  readonly onCrop: () => void;
  readonly onDeleted: () => void;
}

/** As wide as the stage on most screens; the saved result replaces it a moment later. */
const previewLongSidePx = 1000;
/**
 * The look pictures are 104 pixels high, but cleaned that small, pencil and thin pens vanish and every look seems empty:
 * below about 60 dots per inch a stroke is fainter than the grain that cleaning takes away.
 */
const lookLongSidePx = 520;

const nextTurn = [1, 2, 3, 0] as const satisfies Record<Turns, Turns>;

export function ReviewPage(props: ReviewPageProps) {
  const { documentId, page, number, total, onPrevious, onNext, onCrop, onDeleted } = props;
  const { t } = useTranslation();
  const navigate = useNavigate();
  const title = t('review.title', { number, total });
  useTitle(title);
  const result = useBlobUrl(page.id, 'result');
  const { edits, commit, commitSoon, change, preview } = useEdits(page, result, previewLongSidePx);
  const lookPictures = usePreviews(
    page.edits && { pageId: page.id, edits: { ...page.edits, look: 'colour' }, looks, longSidePx: lookLongSidePx },
  );
  // Made once the looks are there: those are seen at once, this only when somebody asks.
  const before = usePreviews(
    edits !== undefined && lookPictures.of !== undefined
      ? {
          pageId: page.id,
          edits: { ...edits, look: 'original', strength: 0, brightness: 0 },
          looks: ['original'],
          longSidePx: previewLongSidePx,
        }
      : undefined,
  );

  const { textReading } = useSettings();
  const [isComparing, setIsComparing] = useState(false);

  async function remove() {
    const undo = await deletePages([page.id]);
    showToast({ text: t('review.deleted'), action: { label: t('controls.undo'), onAction: () => void undo() } });
    onDeleted();
  }

  async function useForAll() {
    if (edits === undefined) return;
    const { look, strength, brightness } = edits;
    await applyLook(documentId, { look, strength, brightness });
    showToast({ text: t('review.allPagesDone') });
  }

  return (
    <main className={styles.screen}>
      <header className={styles.bar}>
        <IconButton
          icon={ArrowLeft}
          label={t('review.back')}
          onPress={() => void navigate(`/documents/${documentId}`)}
        />
        <h1 className={styles.title}>{title}</h1>
        <IconButton icon={Trash2} label={t('review.delete')} onPress={() => void remove()} />
      </header>

      <ReviewStage
        picture={preview ?? result}
        before={isComparing ? before.pictures.get('original') : undefined}
        status={useStatus(page, preview !== undefined)}
        onPrevious={onPrevious}
        onNext={onNext}
      />

      <section className={styles.panel}>
        {page.state === 'failed' && (
          <p className={styles.warning} role="alert">
            {page.failure === undefined ? t('review.failed') : failureSentence(t, page.failure, page.fileName)}
            <Button onPress={() => void tryAgain([page.id])}>{t('controls.tryAgain')}</Button>
          </p>
        )}
        <ReviewWarnings warnings={page.rendered?.quality.warnings ?? []} />
        <div className={styles.actions}>
          <ToolButton icon={Crop} isDisabled={edits === undefined} onPress={onCrop}>
            {t('review.crop')}
          </ToolButton>
          <ToolButton
            icon={RotateCw}
            isDisabled={edits === undefined}
            onPress={() => edits !== undefined && commit({ ...edits, turns: nextTurn[edits.turns] })}
          >
            {t('review.rotate')}
          </ToolButton>
          <ToolButton icon={Camera} onPress={() => void navigate(`/scan?document=${documentId}&retake=${page.id}`)}>
            {t('review.retake')}
          </ToolButton>
          {textReading !== 'never' && (
            <ToolButton icon={ScanText} onPress={() => void navigate(`/documents/${documentId}/text/${page.id}`)}>
              {t('text.text')}
            </ToolButton>
          )}
          <ToolButton
            icon={Contrast}
            label={t('review.compareLabel')}
            className={styles.compare}
            isDisabled={before.pictures.size === 0}
            onPressStart={() => setIsComparing(true)}
            onPressEnd={() => setIsComparing(false)}
          >
            {t('review.compare')}
          </ToolButton>
        </div>
        {edits !== undefined && (
          <LooksPanel
            edits={edits}
            pictures={lookPictures.pictures}
            onChange={change}
            onCommit={commit}
            onSettle={commitSoon}
            onUseForAll={total > 1 ? () => void useForAll() : undefined}
          />
        )}
      </section>
    </main>
  );
}

function useStatus(page: PageRecord, hasPreview: boolean): string | undefined {
  const { t } = useTranslation();
  if (page.state === 'ready' || page.state === 'failed') return undefined;
  // The preview already shows what the work in the background will lead to.
  if (page.edits !== undefined) return hasPreview ? undefined : t('review.rendering');
  return page.state === 'waiting' ? t('review.waiting') : t('review.scanning');
}
