import { useLiveQuery } from 'dexie-react-hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';

import { CodedFailure } from '#contract/failures.ts';
import { wholePhoto, type Size } from '#contract/images.ts';
import { useDocumentName } from '#src/documents/document-name.ts';
import { addPhotos, createDocument } from '#src/documents/flow.ts';
import { HideFacesScreen, type HideSource } from '#src/faces/hide-faces-screen.tsx';
import type { HiddenPhoto } from '#src/faces/hide-session.ts';
import { documentRecords } from '#src/store/document-records.ts';
import type { DocumentRecord } from '#src/store/records.ts';
import { theStore } from '#src/store/store.ts';
import { showToast } from '#src/ui/controls/toast.tsx';

/** Hides faces in photos, or in the pages of `?document=`, of which `?page=` is one. Joins the two rooms, which do not know each other. */
export function HideFacesRoute() {
  const { t } = useTranslation();
  const [search] = useSearchParams();
  const documentId = search.get('document') ?? undefined;
  const pageId = search.get('page') ?? undefined;
  // Read once: what is hidden is what was there when it was asked for.
  const read = useLiveQuery(async () => {
    if (documentId === undefined) return undefined;
    return { documentId, pages: await readPages(documentId, pageId) };
  }, [documentId, pageId]);
  if (documentId === undefined) return <HideFacesScreen />;
  if (read?.documentId !== documentId) return <p>{t('controls.loading')}</p>;
  if (read.pages === undefined) {
    return (
      <>
        <p>{t('faces.hide.gone')}</p>
        <Link to="/library">{t('app.notFound.toLibrary')}</Link>
      </>
    );
  }
  return <OfDocument key={documentId} {...read.pages} />;
}

interface DocumentPages {
  readonly document: DocumentRecord;
  readonly pages: HideSource['pages'];
  readonly leftOut: number;
}

/** Pages as they are seen, cropped and cleaned; `undefined` where the document is gone. */
async function readPages(documentId: string, pageId: string | undefined): Promise<DocumentPages | undefined> {
  const records = documentRecords(theStore().db);
  const document = await records.getDocument(documentId);
  if (document === undefined) return undefined;
  const asked = (await records.getPages(documentId)).filter(({ id }) => pageId === undefined || id === pageId);
  const results = await Promise.all(asked.map(({ id }) => records.getBlob(id, 'result')));
  const pages = results
    .filter((page) => page !== undefined)
    .map((file) => ({ file, name: '', kind: file.type === 'image/png' ? ('png' as const) : ('jpeg' as const) }));
  return { document, pages, leftOut: asked.length - pages.length };
}

function OfDocument(read: DocumentPages) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const name = useDocumentName()(read.document);
  // The first answer stays: a page that is changed meanwhile, elsewhere, does not change what lies on the table here.
  const [source] = useState<HideSource>(() => ({
    name,
    pages: read.pages,
    leftOut: read.leftOut,
    keep: async (photos) => {
      const documentId = await keepPages(t('faces.hide.keptName', { name }), photos);
      await navigate(`/documents/${documentId}`, { replace: true });
      showToast({ text: t('faces.hide.kept') });
    },
    onLeave: () => void navigate(`/documents/${read.document.id}`),
  }));
  return <HideFacesScreen source={source} />;
}

/** Each hidden page is its own original, so that nothing of the face is anywhere in the new document. */
async function keepPages(name: string, photos: readonly HiddenPhoto[]): Promise<string> {
  const documentId = await createDocument(name);
  const { refused } = await addPhotos({
    documentId,
    photos: photos.map(({ photo, size }) => ({ file: photo, name: '', kind: 'jpeg', edits: asItIs(size) })),
  });
  const [first] = refused;
  if (first !== undefined) throw new CodedFailure(first.failure.code, first.failure.message);
  return documentId;
}

function asItIs(size: Size) {
  return { corners: wholePhoto(size), turns: 0, look: 'original', strength: 0, brightness: 0 } as const;
}
