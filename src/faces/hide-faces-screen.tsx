import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';

import { inspectFile } from '#src/capture/inspect-file.ts';
import { useFileDrop } from '#src/capture/use-file-drop.ts';
import { engine } from '#src/engine/engine.ts';
import { currentRegion } from '#src/regions/regions.ts';
import { DropCover } from '#src/ui/controls/drop-cover.tsx';
import { FacesGate } from './faces-gate.tsx';
import { HideCamera } from './hide-camera.tsx';
import { HideEditor } from './hide-editor.tsx';
import { createHideSession, type HiddenPhoto, type HideInput } from './hide-session.ts';
import { HideStart } from './hide-start.tsx';

/** Pages of a scanned document, and where the hidden ones go. */
export interface HideSource {
  readonly name: string;
  readonly pages: readonly HideInput[];
  /** Pages that are not scanned yet, which are left out. */
  readonly leftOut: number;
  /** Keeps these pages as a new document, and leads to it. */
  readonly keep: (photos: readonly HiddenPhoto[]) => Promise<void>;
  readonly onLeave: () => void;
}

/** Faces in photos, or in a document's pages, found, looked at by a person, and hidden for good in what is saved. */
export function HideFacesScreen({ source }: { readonly source?: HideSource }) {
  const { t } = useTranslation();
  return (
    <FacesGate title={t('tools.hideFaces.title')}>
      <HideFaces source={source} />
    </FacesGate>
  );
}

function HideFaces({ source }: { readonly source: HideSource | undefined }) {
  const { t } = useTranslation();
  const session = useMemo(
    () =>
      createHideSession({
        engine,
        inspect: (file) => inspectFile(file, currentRegion().config.limits.fileBytes),
      }),
    [],
  );
  const state = useSyncExternalStore(session.subscribe, session.getState);
  const [isAtCamera, setIsAtCamera] = useState(false);
  const addFiles = (files: readonly File[]) => void session.addFiles(files);
  const isOver = useFileDrop(source === undefined && !isAtCamera, addFiles);

  useEffect(() => {
    if (source !== undefined) session.addPhotos(source.pages);
  }, [session, source]);

  return (
    <>
      {isAtCamera ? (
        <HideCamera
          onShot={(photo) => session.addPhotos([{ file: photo, name: '', kind: 'jpeg' }])}
          taken={state.pictures.length}
          onDone={() => setIsAtCamera(false)}
        />
      ) : state.pictures.length > 0 ? (
        <HideEditor session={session} state={state} source={source} onFiles={addFiles} />
      ) : (
        <HideStart
          refused={state.refused}
          isWorking={source !== undefined}
          onFiles={addFiles}
          onCamera={() => setIsAtCamera(true)}
        />
      )}
      {isOver && <DropCover text={t('faces.hide.drop')} />}
    </>
  );
}
