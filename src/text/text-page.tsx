import {
  ArrowLeft,
  ChevronLeft,
  ChevronRight,
  Copy,
  EllipsisVertical,
  Languages,
  Pencil,
  RotateCcw,
  ScanText,
  Share,
} from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';

import { type TextBlock, plainTextOf } from '#contract/text.ts';
import { placeText } from '#src/store/text-records.ts';
import { findWords, termsOf, wordsOf } from '#src/store/text-terms.ts';
import { Button, IconButton } from '#src/ui/controls/button.tsx';
import { Menu } from '#src/ui/controls/menu.tsx';
import { showToast } from '#src/ui/controls/toast.tsx';
import { alignText } from './align-text.ts';
import { correctText } from './flow.ts';
import { flowingTextOf } from './flowing-text.ts';
import { TextEditor } from './text-editor.tsx';
import { TextExportSheet } from './text-export-sheet.tsx';
import { TextNotices } from './text-notices.tsx';
import styles from './text-screen.module.css';
import { TextStage } from './text-stage.tsx';
import { TextWordBar } from './text-word-bar.tsx';
import { TextWords } from './text-words.tsx';
import { isDoubtful } from './doubtful-words.ts';
import { type ReadDocument, type ReadPage, usePagePicture } from './use-texts.ts';

interface TextPageProps {
  readonly read: ReadDocument;
  readonly open: ReadPage;
  readonly number: number;
  /** Words to mark; empty for none. */
  readonly find: string;
  /** Ends the marking. */
  readonly onFound: () => void;
  readonly onPrevious: (() => void) | undefined;
  readonly onNext: (() => void) | undefined;
  readonly onRead: (what: 'page' | 'document') => void;
}

const noBlocks: readonly TextBlock[] = [];

/** One page with its text: what is tapped in one is marked in the other. */
export function TextPage({ read, open, number, find, onFound, onPrevious, onNext, onRead }: TextPageProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { document, pages } = read;
  const { page, text } = open;
  const picture = usePagePicture(page.id);
  const placed = placeText(text, page);
  const blocks = placed?.blocks ?? noBlocks;
  const words = useMemo(() => wordsOf(blocks), [blocks]);
  const found = useMemo(() => findWords(words, termsOf(find)), [words, find]);
  const [tapped, setTapped] = useState<number>();
  const [isEditing, setIsEditing] = useState(false);
  const [isExporting, setIsExporting] = useState(false);
  const [firstFound] = found;
  const selected = tapped ?? firstFound;
  const hasText = words.length > 0;

  /** Keeps the text as it is written now; the toast brings the one before back. */
  async function keep(written: readonly TextBlock[]) {
    const before = text?.corrected?.blocks;
    await correctText(page.id, written);
    showToast({
      text: t('text.kept'),
      action: { label: t('controls.undo'), onAction: () => void correctText(page.id, before) },
    });
  }

  async function copy() {
    try {
      await navigator.clipboard.writeText(plainTextOf({ blocks }));
      showToast({ text: t('text.copied') });
    } catch (cause) {
      console.error(cause);
      showToast({ text: t('text.notCopied') });
    }
  }

  return (
    <main className={styles.screen}>
      <header className={styles.bar}>
        <IconButton
          icon={ArrowLeft}
          label={t('review.back')}
          onPress={() => void navigate(`/documents/${document.id}`)}
        />
        <div className={styles.pager}>
          <IconButton
            icon={ChevronLeft}
            label={t('review.previous')}
            isDisabled={onPrevious === undefined}
            onPress={() => onPrevious?.()}
          />
          <h1 className={styles.title}>{t('text.title', { number, total: pages.length })}</h1>
          <IconButton
            icon={ChevronRight}
            label={t('review.next')}
            isDisabled={onNext === undefined}
            onPress={() => onNext?.()}
          />
        </div>
        <Menu
          label={t('controls.more')}
          trigger={<IconButton icon={EllipsisVertical} label={t('controls.more')} />}
          actions={[
            { id: 'page', label: t('text.readPage'), icon: ScanText, onAction: () => onRead('page') },
            { id: 'document', label: t('text.readDocument'), icon: Languages, onAction: () => onRead('document') },
            {
              id: 'original',
              label: t('text.toRead'),
              icon: RotateCcw,
              isDisabled: text?.corrected === undefined,
              onAction: () => void correctText(page.id, undefined),
            },
          ]}
        />
      </header>

      <TextStage
        picture={picture}
        text={placed}
        found={found}
        selected={selected}
        onSelect={(index) => setTapped(index)}
      />

      <section className={styles.panel} aria-label={t('text.text')}>
        <TextNotices page={page} text={text} find={find} foundWords={found.size} onFound={onFound} onRead={onRead} />
        {isEditing ? (
          <TextEditor
            text={flowingTextOf(blocks)}
            onSave={async (written) => {
              await keep(alignText(blocks, written));
              setIsEditing(false);
            }}
            onCancel={() => setIsEditing(false)}
          />
        ) : (
          <>
            {hasText && (
              <div className={styles.actions}>
                <Button isCompact icon={Pencil} onPress={() => setIsEditing(true)}>
                  {t('text.edit')}
                </Button>
                <Button isCompact icon={Copy} onPress={() => void copy()}>
                  {t('text.copy')}
                </Button>
                <Button isCompact icon={Share} onPress={() => setIsExporting(true)}>
                  {t('text.export')}
                </Button>
                <Doubt
                  count={words.filter((word) => isDoubtful(word)).length}
                  onNext={() => setTapped(nextDoubtful(words, selected))}
                />
              </div>
            )}
            <TextWords blocks={blocks} found={found} selected={selected} onSelect={setTapped} />
            {tapped !== undefined && words[tapped] !== undefined && (
              <TextWordBar
                key={tapped}
                word={words[tapped]}
                onSave={(written) => void keep(alignText(blocks, replaceWord(blocks, tapped, written)))}
                onSure={() => {
                  void correctText(page.id, makeSure(blocks, tapped));
                  setTapped(nextDoubtful(words, tapped));
                }}
                onClose={() => setTapped(undefined)}
              />
            )}
          </>
        )}
      </section>
      {isExporting && <TextExportSheet read={read} open={open} onClose={() => setIsExporting(false)} />}
    </main>
  );
}

function Doubt({ count, onNext }: { readonly count: number; readonly onNext: () => void }) {
  const { t } = useTranslation();
  if (count === 0) return null;
  return (
    <Button kind="quiet" className={styles.doubt ?? ''} onPress={onNext}>
      <span className={styles.doubtful}>{t('text.doubtful', { count })}</span>
    </Button>
  );
}

function nextDoubtful(words: readonly Parameters<typeof isDoubtful>[0][], after = -1): number | undefined {
  const doubtful = words.flatMap((word, index) => (isDoubtful(word) ? [index] : []));
  return doubtful.find((index) => index > after) ?? doubtful[0];
}

/** The text of the blocks with another word in this place. */
function replaceWord(blocks: readonly TextBlock[], place: number, written: string): string {
  return flowingTextOf(changeWord(blocks, place, (word) => ({ ...word, text: written })));
}

function makeSure(blocks: readonly TextBlock[], place: number): readonly TextBlock[] {
  return changeWord(blocks, place, (word) => ({ ...word, confidence: 1 }));
}

type Word = ReturnType<typeof wordsOf>[number];

function changeWord(blocks: readonly TextBlock[], place: number, change: (word: Word) => Word): readonly TextBlock[] {
  let at = 0;
  return blocks.map((block) => ({
    ...block,
    lines: block.lines.map((line) => ({
      ...line,
      words: line.words.map((word) => (at++ === place ? change(word) : word)),
    })),
  }));
}
