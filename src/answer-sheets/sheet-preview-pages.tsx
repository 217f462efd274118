import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { SheetLook, VersionLetter } from '#contract/exams.ts';
import { IconButton } from '#src/ui/controls/button.tsx';
import { classNames } from '#src/ui/controls/class-names.ts';
import { Segmented } from '#src/ui/controls/segmented.tsx';
import type { PressedBubble } from './sheet-preview-bubbles.ts';
import type { LaidOutSheets } from './sheet-preview-layout.ts';
import styles from './sheet-preview.module.css';
import { SheetPreview } from './sheet-preview.tsx';

interface SheetPreviewPagesProps {
  readonly sheets: LaidOutSheets;
  readonly look: SheetLook;
  readonly version: VersionLetter;
  /** Without it, someone else chooses the version. */
  readonly onVersionChange?: (version: VersionLetter) => void;
  readonly filled?: ReadonlySet<string>;
  readonly onPress?: (bubble: PressedBubble) => void;
}

/** The sheet of a version, page by page. */
export function SheetPreviewPages({ sheets, look, version, onVersionChange, filled, onPress }: SheetPreviewPagesProps) {
  const { t } = useTranslation();
  const { pages = [], hasFailed } = sheets;
  const [place, setPlace] = useState(0);
  const versions = [...new Set(pages.map((page) => page.version))];
  const ofVersion = pages.filter((page) => page.version === version);
  // A design that became shorter has no such page any more.
  const at = Math.min(place, Math.max(0, ofVersion.length - 1));
  const page = ofVersion[at];

  return (
    <div className={styles.pages}>
      {(onVersionChange !== undefined && versions.length > 1) || ofVersion.length > 1 ? (
        <div className={styles.choosers}>
          {onVersionChange !== undefined && versions.length > 1 && (
            <Segmented
              label={t('exams.preview.version')}
              hidesLabel
              value={version}
              choices={versions.map((letter) => ({ value: letter, label: letter }))}
              onChange={onVersionChange}
            />
          )}
          {ofVersion.length > 1 && (
            <div className={styles.turner}>
              <IconButton
                icon={ChevronLeft}
                label={t('exams.preview.before')}
                isDisabled={at === 0}
                onPress={() => setPlace(at - 1)}
              />
              <output className={styles.count}>
                {t('exams.preview.page', { page: at + 1, pages: ofVersion.length })}
              </output>
              <IconButton
                icon={ChevronRight}
                label={t('exams.preview.next')}
                isDisabled={at === ofVersion.length - 1}
                onPress={() => setPlace(at + 1)}
              />
            </div>
          )}
        </div>
      ) : null}
      {hasFailed && (
        <p className={styles.failed} role="alert">
          {t('exams.preview.failed')}
        </p>
      )}
      {page === undefined ? (
        <div className={classNames(styles.blank, look.paper === 'letter' && styles.letter)} aria-hidden />
      ) : (
        <SheetPreview
          page={page}
          label={t('exams.preview.label', { version, page: at + 1 })}
          {...(filled === undefined ? {} : { filled })}
          {...(onPress === undefined ? {} : { onPress })}
        />
      )}
    </div>
  );
}
