import { ImageOff } from 'lucide-react';

import { classNames } from '#src/ui/controls/class-names.ts';
import styles from './page-picture.module.css';
import { useBlobUrl } from './use-documents.ts';

interface PagePictureProps {
  /** Undefined for a document without pages. */
  readonly pageId: string | undefined;
  /** Its small picture is not there yet. */
  readonly isComing: boolean;
}

/** The small picture of a page, as paper on the table. Its place has one size, so that nothing jumps when it comes. */
export function PagePicture({ pageId, isComing }: PagePictureProps) {
  return (
    <div className={styles.place}>
      {pageId === undefined ? <Blank isComing={false} /> : <Cover pageId={pageId} isComing={isComing} />}
    </div>
  );
}

function Cover({ pageId, isComing }: { readonly pageId: string; readonly isComing: boolean }) {
  const url = useBlobUrl(pageId, 'cover');
  // Named by the text beside it.
  return url === undefined ? <Blank isComing={isComing} /> : <img className={styles.picture} src={url} alt="" />;
}

function Blank({ isComing }: { readonly isComing: boolean }) {
  return (
    <div className={classNames(styles.blank, isComing && styles.coming)}>
      {!isComing && <ImageOff size={28} aria-hidden />}
    </div>
  );
}
