import { type PointerEvent, useMemo, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';

import type { Size } from '#contract/images.ts';
import type { TextBox, TextWord } from '#contract/text.ts';
import type { PlacedText } from '#src/store/text-records.ts';
import { wordsOf } from '#src/store/text-terms.ts';
import { isDoubtful } from './doubtful-words.ts';
import styles from './text-screen.module.css';

interface TextStageProps {
  readonly picture: string | undefined;
  readonly text: PlacedText | undefined;
  readonly found: ReadonlySet<number>;
  readonly selected: number | undefined;
  /** `undefined` where no word was tapped. */
  readonly onSelect: (word: number | undefined) => void;
}

/** On a phone a whole page is too small to read: so much of its width is shown around the selected word. */
const closeUpShare = 0.55;
const narrow = '(width < 900px)';

function watchWidth(onChange: () => void): () => void {
  const query = matchMedia(narrow);
  query.addEventListener('change', onChange);
  return () => query.removeEventListener('change', onChange);
}

/** The page's picture with its words: doubtful ones underlined, the selected one and those that were found framed. */
export function TextStage({ picture, text, found, selected, onSelect }: TextStageProps) {
  const { t } = useTranslation();
  const words = useMemo(() => wordsOf(text?.blocks ?? []), [text?.blocks]);
  const isNarrow = useSyncExternalStore(watchWidth, () => matchMedia(narrow).matches);
  if (picture === undefined) return <div className={styles.stage} />;
  if (text === undefined)
    return (
      <div className={styles.stage}>
        <img className={styles.page} src={picture} alt={t('review.page')} decoding="async" draggable={false} />
      </div>
    );

  const { width, height } = text.size;
  const isAcross = text.turns === 1 || text.turns === 3;
  const shown = isAcross ? { width: height, height: width } : text.size;
  const chosen = selected === undefined ? undefined : words[selected];
  const view = isNarrow && chosen !== undefined ? closeUp(text, shown, chosen.box) : { x: 0, y: 0, ...shown };

  /** The pointer's place on the upright page. */
  function tap({ currentTarget, clientX, clientY }: PointerEvent<SVGGElement>) {
    const matrix = currentTarget.getScreenCTM();
    if (matrix === null) return;
    const { x, y } = new DOMPoint(clientX, clientY).matrixTransform(matrix.inverse());
    const index = words.findIndex(({ box }) => isNear(box, x, y));
    onSelect(index < 0 ? undefined : index);
  }

  return (
    <div className={styles.stage}>
      <svg
        className={styles.page}
        viewBox={`${view.x} ${view.y} ${view.width} ${view.height}`}
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a picture of which parts can be tapped
        role="img"
        aria-label={t('review.page')}
      >
        <image href={picture} width={shown.width} height={shown.height} preserveAspectRatio="none" />
        <g transform={placement(text)} onPointerUp={tap}>
          <rect width={width} height={height} fill="transparent" />
          {words.map((word, index) =>
            found.has(index) ? <Mark key={keyOf(word)} box={word.box} className={styles.markFound} /> : null,
          )}
          {words.map((word) => (isDoubtful(word) ? <Underline key={keyOf(word)} box={word.box} /> : null))}
          {chosen !== undefined && <Mark box={chosen.box} className={styles.markSelected} />}
        </g>
      </svg>
    </div>
  );
}

/** No two words lie at the same place. */
function keyOf({ box: { x, y } }: TextWord): string {
  return `${x} ${y}`;
}

/** Words are small under a finger: half their height around them is theirs too. */
function isNear({ x, y, width, height }: TextBox, atX: number, atY: number): boolean {
  const around = height / 2;
  return atX >= x - around && atX <= x + width + around && atY >= y - around && atY <= y + height + around;
}

/** From the upright page to the picture, in which it may lie turned clockwise. */
function placement({ size: { width, height }, turns }: PlacedText): string {
  const shift = { 0: '0 0', 1: `${height} 0`, 2: `${width} ${height}`, 3: `0 ${width}` }[turns];
  return `translate(${shift}) rotate(${90 * turns})`;
}

/** The part of the picture around a word. */
function closeUp({ size, turns }: PlacedText, shown: Size, box: TextBox): TextBox {
  const x = box.x + box.width / 2;
  const y = box.y + box.height / 2;
  const [atX, atY] = (
    {
      0: [x, y],
      1: [size.height - y, x],
      2: [size.width - x, size.height - y],
      3: [y, size.width - x],
    } as const
  )[turns];
  const width = shown.width * closeUpShare;
  const height = shown.height * closeUpShare;
  return {
    x: Math.min(Math.max(0, atX - width / 2), shown.width - width),
    y: Math.min(Math.max(0, atY - height / 2), shown.height - height),
    width,
    height,
  };
}

function Mark({ box, className }: { readonly box: TextBox; readonly className: string | undefined }) {
  const around = box.height * 0.15;
  return (
    <rect
      className={className}
      x={box.x - around}
      y={box.y - around}
      width={box.width + 2 * around}
      height={box.height + 2 * around}
      rx={around}
    />
  );
}

function Underline({ box: { x, y, width, height } }: { readonly box: TextBox }) {
  const at = y + height * 1.12;
  return <line className={styles.markDoubtful} x1={x} x2={x + width} y1={at} y2={at} />;
}
