import { useRef } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { asFailure, CodedFailure } from '#contract/failures.ts';
import { admitFile } from './admit-file.ts';
import { addPhotos, importFiles, replacePhoto, type NewPhoto, type Refusal } from './flow.ts';
import { useDocument, usePages } from './use-documents.ts';

export interface Shots {
  readonly documentId: string | undefined;
  /** True while one page is taken again instead of pages being added. */
  readonly isRetake: boolean;
  readonly count: number;
  readonly lastPageId: string | undefined;
  /** The address to go to when the camera is left: what was scanned, or the page that was to be taken again. */
  readonly leadsBackTo: string;
  /** Keeps a photo as the next page, or in the place of the one that is taken again. @throws CodedFailure */
  readonly keep: (photo: Blob) => Promise<void>;
  /** Keeps files likewise. Returns those that did not become pages, and why. */
  readonly importAll: (files: readonly File[]) => Promise<readonly Refusal[]>;
}

/**
 * The pages of this scan. The document stands in the address (`?document=`), so that a reload goes on with it;
 * `&retake=` names the page that is taken again.
 */
export function useShots(): Shots {
  const [search, setSearch] = useSearchParams();
  const navigate = useNavigate();
  const namedId = search.get('document') ?? undefined;
  const retakenId = search.get('retake') ?? undefined;
  // A document that was deleted meanwhile is not added to: the next picture starts a new one.
  const isThere = useDocument(namedId ?? '') !== null;
  const documentId = isThere ? namedId : undefined;
  const pages = usePages(documentId ?? '') ?? [];
  // Two pictures in quick succession: the second must not start a document of its own before the address has changed.
  const started = useRef<string>(undefined);

  function stay(id: string) {
    started.current = id;
    if (id !== documentId) setSearch({ document: id }, { replace: true });
  }

  async function replace(pageId: string, photo: NewPhoto) {
    await replacePhoto(pageId, photo);
    await navigate(`/documents/${documentId}/pages/${pageId}`, { replace: true });
  }

  return {
    documentId,
    isRetake: retakenId !== undefined,
    count: pages.length,
    lastPageId: pages.at(-1)?.id,
    leadsBackTo:
      documentId === undefined
        ? '/library'
        : `/documents/${documentId}${retakenId === undefined ? '' : `/pages/${retakenId}`}`,

    async keep(photo) {
      const shot: NewPhoto = { file: photo, name: '', kind: photo.type === 'image/png' ? 'png' : 'jpeg' };
      if (retakenId !== undefined) return replace(retakenId, shot);
      const added = await addPhotos({ documentId: documentId ?? started.current, photos: [shot] });
      const [refusal] = added.refused;
      if (refusal !== undefined) throw new CodedFailure(refusal.failure.code, refusal.failure.message);
      return stay(added.documentId);
    },

    async importAll(files) {
      const [first] = files;
      if (retakenId !== undefined && first !== undefined) {
        try {
          const { kind } = await admitFile(first);
          await replace(retakenId, { file: first, name: first.name, kind, index: 0 });
          return [];
        } catch (cause) {
          return [{ name: first.name, failure: asFailure(cause) }];
        }
      }
      const added = await importFiles({ documentId: documentId ?? started.current, files });
      if (added.documentId !== undefined) stay(added.documentId);
      return added.refused;
    },
  };
}
