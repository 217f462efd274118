import { useTranslation } from 'react-i18next';
import { useMatch, useNavigate } from 'react-router';

import { useFileDrop } from '#src/capture/use-file-drop.ts';
import { DropCover } from '#src/ui/controls/drop-cover.tsx';
import { takeInFiles } from './take-in-files.ts';

/** Takes in files that are dropped or pasted anywhere: into the open document, else into a new one. */
export function DropAnywhere() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const documentId = useMatch('/documents/:documentId/*')?.params.documentId;
  const isScanning = useMatch('/scan') !== null;

  async function takeIn(files: readonly File[]) {
    const { documentId: into } = await takeInFiles(files, documentId);
    if (into !== undefined && into !== documentId) await navigate(`/documents/${into}`);
  }

  // The camera screen decides itself what becomes of files.
  const isOver = useFileDrop(!isScanning, (files) => void takeIn(files));
  return isOver ? <DropCover text={t('app.dropHere')} /> : null;
}
