import { Check, Maximize, Redo2, RotateCw, ScanLine, Undo2, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { wholePhoto, type Quad, type Size } from '#contract/images.ts';
import type { EdgeLine, PageEdits, Turns } from '#contract/pages.ts';
import { engine } from '#src/engine/engine.ts';
import { Button, IconButton } from '#src/ui/controls/button.tsx';
import { ToolButton } from '#src/ui/controls/tool-button.tsx';
import { record, redo, settle, startHistory, undo } from '#src/ui/history.ts';
import { useTitle } from '#src/ui/use-title.ts';
import { isSoundCrop, soundCrop } from './crop-geometry.ts';
import { CropStage } from './crop-stage.tsx';
import { usePreviews } from './review-previews.ts';
import { readPageBlob, useBlobUrl } from './use-documents.ts';
import styles from './crop-editor.module.css';

interface Crop {
  readonly corners: Quad;
  readonly turns: Turns;
}

interface CropEditorProps {
  readonly pageId: string;
  readonly photo: Size;
  readonly edits: PageEdits;
  /** The corners as they were found; undefined where no page was. */
  readonly found: Quad | undefined;
  readonly onCancel: () => void;
  readonly onSave: (edits: PageEdits) => Promise<void>;
}

const nextTurn = [1, 2, 3, 0] as const satisfies Record<Turns, Turns>;
const previewLongSidePx = 400;
/** A drag asks for a preview when it pauses, not sixty times a second: each decodes the photo. */
const previewAfterMs = 120;

/** Takes the screen until the crop is kept or left. Nothing is written before it is kept. */
export function CropEditor({ pageId, photo, edits, found, onCancel, onSave }: CropEditorProps) {
  const { t } = useTranslation();
  useTitle(t('crop.title'));
  const original = useBlobUrl(pageId, 'original');
  const detected = found && soundCrop(found, photo);
  const [history, setHistory] = useState(() =>
    startHistory<Crop>({
      corners: soundCrop(edits.corners, photo) ?? detected ?? wholePhoto(photo),
      turns: edits.turns,
    }),
  );
  const crop = history.present;
  const lines = useEdgeLines(pageId);
  const [said, setSaid] = useState('');
  const [isSaving, setIsSaving] = useState(false);

  const settled = useSettled(crop, previewAfterMs);
  const { pictures } = usePreviews({
    pageId,
    edits: { ...edits, ...settled },
    looks: [edits.look],
    longSidePx: previewLongSidePx,
  });

  const change = (next: Partial<Crop>, gesture?: string) =>
    setHistory((before) => record(before, { ...before.present, ...next }, gesture));
  const reset = () => {
    change({ corners: detected ?? wholePhoto(photo), turns: edits.turns });
    setSaid(t('crop.wasReset'));
  };
  const takeWhole = () => {
    change({ corners: wholePhoto(photo) });
    setSaid(t('crop.wasWhole'));
  };

  async function save() {
    if (!isSoundCrop(crop.corners, photo)) return;
    setIsSaving(true);
    try {
      await onSave({ ...edits, ...crop });
    } finally {
      setIsSaving(false);
    }
  }

  useCropKeys({
    cancel: onCancel,
    reset,
    takeWhole,
    undo: () => setHistory(undo),
    redo: () => setHistory(redo),
  });

  const preview = pictures.get(edits.look);
  return (
    <main className={styles.editor}>
      <header className={styles.bar}>
        <IconButton icon={X} label={t('controls.cancel')} onPress={onCancel} />
        <h1 className={styles.title}>{t('crop.title')}</h1>
        <Button kind="primary" icon={Check} isDisabled={isSaving} onPress={() => void save()}>
          {t('controls.done')}
        </Button>
      </header>

      <CropStage
        photo={photo}
        picture={original}
        corners={crop.corners}
        turns={crop.turns}
        lines={lines}
        onMove={(corners, gesture) => change({ corners }, gesture)}
        onMoved={() => setHistory(settle)}
      />

      <footer className={styles.tools}>
        <figure className={styles.preview}>
          {preview !== undefined && <img src={preview} alt={t('crop.preview')} />}
        </figure>
        <div className={styles.note}>
          <p>{found === undefined ? t('crop.noPage') : t('crop.help')}</p>
          <p className={styles.keys}>{t('crop.keys')}</p>
        </div>
        <div className={styles.actions}>
          <ToolButton icon={Undo2} isDisabled={history.past.length === 0} onPress={() => setHistory(undo)}>
            {t('crop.undo')}
          </ToolButton>
          <ToolButton icon={Redo2} isDisabled={history.future.length === 0} onPress={() => setHistory(redo)}>
            {t('crop.redo')}
          </ToolButton>
          <ToolButton icon={RotateCw} onPress={() => change({ turns: nextTurn[crop.turns] })}>
            {t('crop.rotate')}
          </ToolButton>
          <ToolButton icon={ScanLine} onPress={reset}>
            {t('crop.reset')}
          </ToolButton>
          <ToolButton icon={Maximize} onPress={takeWhole}>
            {t('crop.wholePhoto')}
          </ToolButton>
        </div>
        <output className={styles.unseen}>{said}</output>
      </footer>
    </main>
  );
}

/** The straight edges of the photo, once they are found; without them nothing snaps. */
function useEdgeLines(pageId: string): readonly EdgeLine[] {
  const [lines, setLines] = useState<readonly EdgeLine[]>([]);
  useEffect(() => {
    let isLeft = false;
    async function find() {
      const photo = await readPageBlob(pageId, 'original');
      if (photo === undefined || isLeft) return;
      const outline = await engine.run('documents.outline', { photo });
      if (!isLeft) setLines(outline.lines);
    }
    find().catch((cause: unknown) => console.warn(cause));
    return () => {
      isLeft = true;
    };
  }, [pageId]);
  return lines;
}

/** The value once it has stayed the same for `afterMs`. */
function useSettled<T>(value: T, afterMs: number): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), afterMs);
    return () => clearTimeout(timer);
  }, [value, afterMs]);
  return settled;
}

interface CropKeys {
  readonly cancel: () => void;
  readonly reset: () => void;
  readonly takeWhole: () => void;
  readonly undo: () => void;
  readonly redo: () => void;
}

function useCropKeys(keys: CropKeys) {
  useEffect(() => {
    function press(event: KeyboardEvent) {
      const key = event.key.toLowerCase();
      const withControl = event.ctrlKey || event.metaKey;
      if (event.altKey) return;
      if (withControl && key === 'z') (event.shiftKey ? keys.redo : keys.undo)();
      else if (withControl && key === 'y') keys.redo();
      else if (withControl) return;
      else if (key === 'escape') keys.cancel();
      else if (key === 'r') keys.reset();
      else if (key === 'w') keys.takeWhole();
      else return;
      event.preventDefault();
    }
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  });
}
