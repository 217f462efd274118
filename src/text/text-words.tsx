import { type KeyboardEvent, type MouseEvent, memo, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';

import type { TextBlock, TextLine } from '#contract/text.ts';
import { isDoubtful } from './doubtful-words.ts';
import { classNames } from '#src/ui/controls/class-names.ts';
import styles from './text-screen.module.css';

interface TextWordsProps {
  readonly blocks: readonly TextBlock[];
  readonly found: ReadonlySet<number>;
  readonly selected: number | undefined;
  readonly onSelect: (word: number | undefined) => void;
}

/**
 * The text as it stands on the page. A tap or the arrow keys choose a word; marking text to copy it works as in any text,
 * which is why words are no buttons.
 */
export const TextWords = memo(function TextWords({ blocks, found, selected, onSelect }: TextWordsProps) {
  const { t } = useTranslation();
  const list = useRef<HTMLElement>(null);

  useEffect(() => {
    if (selected === undefined) return;
    list.current?.querySelector(`[data-word="${selected}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [selected]);

  function choose({ target }: MouseEvent) {
    if (!(document.getSelection()?.isCollapsed ?? true)) return;
    const word = target instanceof Element ? target.closest<HTMLElement>('[data-word]')?.dataset['word'] : undefined;
    onSelect(word === undefined ? undefined : Number(word));
  }

  function step(event: KeyboardEvent) {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (event.key === 'Escape') onSelect(undefined);
    if (by === undefined) return;
    event.preventDefault();
    const last = list.current?.querySelectorAll('[data-word]').length ?? 0;
    onSelect(Math.min(last - 1, Math.max(0, selected === undefined ? 0 : selected + by)));
  }

  let index = 0;
  const numbered = (line: TextLine) => line.words.map((word) => ({ word, at: index++ }));
  if (blocks.length === 0) return null;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- see above
    <section
      ref={list}
      className={styles.words}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- arrow keys go from word to word
      tabIndex={0}
      aria-label={t('text.words')}
      onClick={choose}
      onKeyDown={step}
    >
      {blocks.map((block, at) => (
        // oxlint-disable-next-line react/no-array-index-key -- blocks are known by their place alone
        <p key={at} className={styles[block.kind]} data-level={block.level}>
          {block.lines.map((line, row) => (
            // oxlint-disable-next-line react/no-array-index-key -- likewise
            <span key={row} className={styles.line}>
              {numbered(line).map(({ word, at: place }) => (
                <span key={place}>
                  <span
                    data-word={place}
                    className={classNames(
                      styles.word,
                      isDoubtful(word) && styles.doubtful,
                      found.has(place) && styles.found,
                      place === selected && styles.selected,
                    )}
                  >
                    {word.text}
                  </span>{' '}
                </span>
              ))}
            </span>
          ))}
        </p>
      ))}
    </section>
  );
});
