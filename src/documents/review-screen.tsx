import { useEffect } from 'react';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router';
import { useTranslation } from 'react-i18next';
import { CropEditor } from './crop-editor.tsx';
import { saveEdits } from './flow.ts';
import { ReviewPage } from './review-page.tsx';
import { useDocument, usePages } from './use-documents.ts';
import styles from './review-screen.module.css';

/** One page of a document: how it looks, how it is cropped, whether it stays. `?crop` opens the crop editor. */
export function ReviewScreen() {
  const { t } = useTranslation();
  const { documentId = '', pageId = '' } = useParams();
  const [search, setSearch] = useSearchParams();
  const navigate = useNavigate();
  const document = useDocument(documentId);
  const pages = usePages(documentId);
  const isCropping = search.has('crop');

  const index = pages?.findIndex(({ id }) => id === pageId) ?? -1;
  const page = pages?.[index];
  const previousId = pages?.[index - 1]?.id;
  const nextId = index < 0 ? undefined : pages?.[index + 1]?.id;

  const open = (id: string | undefined) =>
    id === undefined ? undefined : () => void navigate(`/documents/${documentId}/pages/${id}`, { replace: true });
  useArrowKeys(isCropping ? undefined : open(previousId), isCropping ? undefined : open(nextId));

  if (document === undefined || pages === undefined) return <main className={styles.screen} aria-busy />;
  if (document === null || page === undefined) {
    return (
      <main className={styles.gone}>
        <h1>{t('review.gone')}</h1>
        <Link to={document === null ? '/library' : `/documents/${documentId}`}>
          {document === null ? t('review.toLibrary') : t('review.toDocument')}
        </Link>
      </main>
    );
  }

  if (isCropping && page.edits !== undefined && page.photoSize !== undefined) {
    const leave = () => setSearch({}, { replace: true });
    return (
      <CropEditor
        key={page.id}
        pageId={page.id}
        photo={page.photoSize}
        edits={page.edits}
        found={page.finding?.corners}
        onCancel={leave}
        onSave={async (edits) => {
          await saveEdits(page.id, edits);
          leave();
        }}
      />
    );
  }

  return (
    <ReviewPage
      key={page.id}
      documentId={documentId}
      page={page}
      number={index + 1}
      total={pages.length}
      onPrevious={open(previousId)}
      onNext={open(nextId)}
      onCrop={() => setSearch({ crop: '' })}
      onDeleted={() => {
        const neighbour = nextId ?? previousId;
        const target =
          neighbour === undefined ? `/documents/${documentId}` : `/documents/${documentId}/pages/${neighbour}`;
        void navigate(target, { replace: true });
      }}
    />
  );
}

/** Left and right lead to the neighbours, unless the focus is on something that these keys belong to. */
function useArrowKeys(onLeft: (() => void) | undefined, onRight: (() => void) | undefined) {
  useEffect(() => {
    function press({ key, target, altKey, ctrlKey, metaKey }: KeyboardEvent) {
      if (altKey || ctrlKey || metaKey) return;
      if (target instanceof Element && target.closest('input, textarea, [role=slider], [role=menu], [role=dialog]'))
        return;
      if (key === 'ArrowLeft') onLeft?.();
      if (key === 'ArrowRight') onRight?.();
    }
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  });
}
