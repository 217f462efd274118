import { Check, CircleCheck, Redo2, SquareDashed, SquarePlus, Undo2, X, ZoomIn, ZoomOut } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { Dialog } from 'react-aria-components/Dialog';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { useTranslation } from 'react-i18next';

import { hidingStyles, type HidingStyle } from '#contract/faces.ts';
import { Button, IconButton } from '#src/ui/controls/button.tsx';
import { Segmented } from '#src/ui/controls/segmented.tsx';
import { ToolButton } from '#src/ui/controls/tool-button.tsx';
import { faceFailureSentence } from './face-failure.ts';
import { drawnOutline, without, type Outline } from './hide-outlines.ts';
import type { HideSource } from './hide-faces-screen.tsx';
import { HideExport } from './hide-export.tsx';
import { HidePreview } from './hide-preview.tsx';
import { isReviewed, picturesToMake, type HidePicture, type HideSession, type HideState } from './hide-session.ts';
import { HideStage } from './hide-stage.tsx';
import { RefusedFiles } from './refused-files.tsx';
import { HideStrip } from './hide-strip.tsx';
import { LeaveDialog, LeaveGuard } from './leave-guard.tsx';
import styles from './hide-editor.module.css';

interface HideEditorProps {
  readonly session: HideSession;
  readonly state: HideState;
  readonly source: HideSource | undefined;
  readonly onFiles: (files: readonly File[]) => void;
}

type View = 'outlines' | 'preview';

const zooms = [1, 1.5, 2.5, 4] as const;

/** One picture after the other, large: what is hidden in it, and a person's word that this is right. */
export function HideEditor({ session, state, source, onFiles }: HideEditorProps) {
  const { t } = useTranslation();
  const { pictures, style } = state;
  const [chosenId, setChosenId] = useState<string>();
  const [view, setView] = useState<View>('outlines');
  const [zoom, setZoom] = useState<(typeof zooms)[number]>(1);
  const [isDrawing, setIsDrawing] = useState(false);
  const [selectedId, setSelectedId] = useState<string>();
  const [dialog, setDialog] = useState<'export' | 'leave'>();
  const [lastDrawn, setLastDrawn] = useState(0);
  /** Somebody has said so, or everything is kept: nobody is asked then. */
  const mayLeave = useRef(false);

  const picture = pictures.find(({ id }) => id === chosenId) ?? pictures[0];
  const toMake = picturesToMake(pictures);
  const leaveText = t('faces.hide.leaveText', { count: pictures.length });
  const isComplete = isReviewed(pictures);
  const number = picture === undefined ? 0 : pictures.indexOf(picture) + 1;

  function show(id: string | undefined) {
    setChosenId(id);
    setSelectedId(undefined);
    setIsDrawing(false);
    setView('outlines');
    setZoom(1);
  }

  /** It is right as it is: on to the next one that nobody has looked at, or to the file. */
  function approve(approved: HidePicture) {
    session.review(approved.id);
    const left = toMake.filter(({ id, isReviewed: isDone }) => id !== approved.id && !isDone);
    const next = left.find(({ id }) => pictures.findIndex((each) => each.id === id) >= number) ?? left[0];
    if (next === undefined) setDialog('export');
    else show(next.id);
  }

  function add(outline: Outline | undefined) {
    setIsDrawing(false);
    if (picture === undefined || outline === undefined) return;
    session.change(picture.id, [...picture.history.present, outline]);
    setSelectedId(outline.id);
    setLastDrawn((before) => before + 1);
  }

  /** Without a pointer to draw with, an outline in the middle is moved and resized by keys. */
  function addInMiddle() {
    if (picture?.photoSize === undefined) return;
    const { width, height } = picture.photoSize;
    const half = Math.min(width, height) / 8;
    const from = { x: width / 2 - half, y: height / 2 - half };
    add(drawnOutline(`drawn-${lastDrawn}`, from, { x: from.x + 2 * half, y: from.y + 2 * half }, picture.photoSize));
  }

  function removeSelected() {
    if (picture === undefined || selectedId === undefined) return;
    session.change(picture.id, without(picture.history.present, selectedId));
    setSelectedId(undefined);
  }

  const kept = source && {
    ...source,
    // It leads to the new document.
    keep: async (photos: Parameters<HideSource['keep']>[0]) => {
      mayLeave.current = true;
      try {
        await source.keep(photos);
      } catch (cause) {
        mayLeave.current = false;
        throw cause;
      }
    },
  };

  useUndoKeys(
    () => picture !== undefined && session.undo(picture.id),
    () => picture !== undefined && session.redo(picture.id),
  );

  if (picture === undefined) return null;
  const { history, photo, photoSize } = picture;
  const isReady = picture.state === 'ready' && photo !== undefined && photoSize !== undefined;
  const zoomAt = zooms.indexOf(zoom);

  return (
    // The whole window, as a dialog: nothing behind it is reached by Tab or read out.
    <ModalOverlay className={styles.cover ?? ''} isOpen isKeyboardDismissDisabled>
      <Modal className={styles.window ?? ''}>
        <Dialog className={styles.editor ?? ''} aria-label={t('tools.hideFaces.title')}>
          <header className={styles.bar}>
            <IconButton icon={X} label={t('controls.close')} onPress={() => setDialog('leave')} />
            <h1 className={styles.title}>
              {pictures.length > 1
                ? t('faces.hide.number', { number, total: pictures.length })
                : t('tools.hideFaces.title')}
            </h1>
            <Button
              kind={isComplete ? 'primary' : 'plain'}
              isDisabled={!isComplete}
              onPress={() => setDialog('export')}
            >
              {t('controls.save')}
            </Button>
          </header>

          <div className={styles.stage}>
            {isReady && view === 'outlines' && (
              <HideStage
                key={picture.id}
                photo={photo}
                photoSize={photoSize}
                outlines={history.present}
                zoom={zoom}
                selectedId={selectedId}
                drawsAs={isDrawing ? `drawn-${lastDrawn}` : undefined}
                onSelect={setSelectedId}
                onDrawn={add}
                onChange={(outlines, gesture) => session.change(picture.id, outlines, gesture)}
                onSettle={() => session.settle(picture.id)}
              />
            )}
            {isReady && view === 'preview' && (
              <HidePreview key={`${picture.id} ${style}`} make={async () => (await session.hide(picture.id)).photo} />
            )}
            {!isReady && <Unready picture={picture} onTryAgain={() => session.tryAgain(picture.id)} />}
          </div>

          <footer className={styles.tools}>
            {pictures.length > 1 && (
              <HideStrip
                pictures={pictures}
                chosenId={picture.id}
                onChoose={show}
                onFiles={source === undefined ? onFiles : undefined}
              />
            )}
            <RefusedFiles refused={state.refused} />
            <div className={styles.note}>
              <output>
                {isReady &&
                  (history.present.length === 0
                    ? t('faces.hide.none')
                    : t('faces.hide.found', { count: history.present.length }))}
              </output>
              <p>{isDrawing ? t('faces.hide.drawHelp') : t('faces.hide.help')}</p>
              <p className={styles.keys}>{t('faces.hide.keys')}</p>
            </div>
            <div className={styles.actions} inert={!isReady || view === 'preview'}>
              <ToolButton icon={Undo2} isDisabled={history.past.length === 0} onPress={() => session.undo(picture.id)}>
                {t('controls.undo')}
              </ToolButton>
              <ToolButton
                icon={Redo2}
                isDisabled={history.future.length === 0}
                onPress={() => session.redo(picture.id)}
              >
                {t('crop.redo')}
              </ToolButton>
              <ToolButton
                icon={isDrawing ? SquareDashed : SquarePlus}
                onPress={({ pointerType }) => {
                  if (pointerType === 'keyboard' || pointerType === 'virtual') addInMiddle();
                  else setIsDrawing(!isDrawing);
                }}
              >
                {t('faces.hide.add')}
              </ToolButton>
              <ToolButton icon={X} isDisabled={selectedId === undefined} onPress={removeSelected}>
                {t('controls.remove')}
              </ToolButton>
              <ToolButton icon={ZoomOut} isDisabled={zoomAt === 0} onPress={() => setZoom(zooms[zoomAt - 1] ?? 1)}>
                {t('faces.hide.smaller')}
              </ToolButton>
              <ToolButton
                icon={ZoomIn}
                isDisabled={zoomAt === zooms.length - 1}
                onPress={() => setZoom(zooms[zoomAt + 1] ?? zoom)}
              >
                {t('faces.hide.larger')}
              </ToolButton>
            </div>
            <div className={styles.choices}>
              <Segmented<HidingStyle>
                label={t('faces.hide.style')}
                value={style}
                choices={hidingStyles.map((value) => ({ value, label: t(`faces.hide.styles.${value}`) }))}
                onChange={session.setStyle}
              />
              <Segmented<View>
                label={t('faces.hide.view')}
                hidesLabel
                value={view}
                choices={[
                  { value: 'outlines', label: t('faces.hide.outlines') },
                  { value: 'preview', label: t('faces.hide.preview') },
                ]}
                onChange={setView}
              />
            </div>
            <Button
              kind="primary"
              wide
              icon={picture.isReviewed ? CircleCheck : Check}
              isDisabled={!isReady}
              onPress={() => approve(picture)}
            >
              {t('faces.hide.right')}
            </Button>
            {toMake.length > 1 && (
              <p className={styles.count}>
                {t('faces.hide.reviewed', {
                  done: toMake.filter((each) => each.isReviewed).length,
                  total: toMake.length,
                })}
              </p>
            )}
          </footer>

          {dialog === 'export' && (
            <HideExport session={session} pictures={pictures} source={kept} onClose={() => setDialog(undefined)} />
          )}
          {dialog === 'leave' && (
            <LeaveDialog
              text={leaveText}
              onStay={() => setDialog(undefined)}
              onLeave={() => {
                mayLeave.current = true;
                session.clear();
                source?.onLeave();
              }}
            />
          )}
          <LeaveGuard isUnsaved={() => !mayLeave.current} text={leaveText} />
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function Unready({ picture, onTryAgain }: { readonly picture: HidePicture; readonly onTryAgain: () => void }) {
  const { t } = useTranslation();
  const { state, failure, name } = picture;
  if (state !== 'failed' || failure === undefined) {
    return <output className={styles.message}>{t('faces.hide.looking')}</output>;
  }
  return (
    <div className={styles.message} role="alert">
      <p>{faceFailureSentence(t, failure, { fileName: name })}</p>
      <p>{t('faces.hide.leftOut')}</p>
      <Button onPress={onTryAgain}>{t('controls.tryAgain')}</Button>
    </div>
  );
}

function useUndoKeys(undo: () => void, redo: () => void) {
  useEffect(() => {
    function press(event: KeyboardEvent) {
      const key = event.key.toLowerCase();
      if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
      if (key === 'z') (event.shiftKey ? redo : undo)();
      else if (key === 'y') redo();
      else return;
      event.preventDefault();
    }
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  });
}
