import type { TFunction } from 'i18next';
import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Size } from '#contract/images.ts';
import type { Position } from '#contract/sheets.ts';
import { placeBubble, type DrawnBlock } from './template-blocks.ts';
import styles from './template-editor.module.css';

type BlockEnd = 'first' | 'last';

interface TemplateStageProps {
  readonly picture: string;
  readonly size: Size;
  readonly blocks: readonly DrawnBlock[];
  readonly selectedId: string | undefined;
  /** A drag draws a new block. */
  readonly isDrawing: boolean;
  /** Bubbles that were read as marked, as `<block> <field> <choice>`. */
  readonly marked: ReadonlySet<string>;
  /** How many times wider than the room it has. */
  readonly zoom: number;
  readonly onDraw: (corners: readonly [Position, Position]) => void;
  readonly onSelect: (id: string) => void;
  readonly onMove: (id: string, ends: Partial<Record<BlockEnd, Position>>) => void;
}

type Drag =
  | { readonly is: 'drawing'; readonly from: Position; readonly to: Position }
  | { readonly is: 'moving'; readonly block: DrawnBlock; readonly from: Position }
  | { readonly is: 'pulling'; readonly block: DrawnBlock; readonly end: BlockEnd };

const arrows: Readonly<Record<string, Position>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

/** The flattened sheet with the blocks over it, in the picture's own pixels. */
export function TemplateStage({
  picture,
  size,
  blocks,
  selectedId,
  isDrawing,
  marked,
  zoom,
  onDraw,
  onSelect,
  onMove,
}: TemplateStageProps) {
  const { t } = useTranslation();
  const svg = useRef<SVGSVGElement>(null);
  const [drag, setDrag] = useState<Drag>();

  const locate = (event: PointerEvent): Position => {
    const box = svg.current?.getBoundingClientRect();
    if (box === undefined) return { x: 0, y: 0 };
    return {
      x: clamp(((event.clientX - box.left) * size.width) / box.width, size.width),
      y: clamp(((event.clientY - box.top) * size.height) / box.height, size.height),
    };
  };

  const begin = (event: PointerEvent, next: Drag) => {
    event.stopPropagation();
    svg.current?.setPointerCapture(event.pointerId);
    setDrag(next);
  };

  const follow = (event: PointerEvent) => {
    if (drag === undefined) return;
    const at = locate(event);
    if (drag.is === 'drawing') setDrag({ ...drag, to: at });
    else if (drag.is === 'pulling') onMove(drag.block.id, { [drag.end]: at });
    else {
      const by = { x: at.x - drag.from.x, y: at.y - drag.from.y };
      onMove(drag.block.id, { first: add(drag.block.first, by), last: add(drag.block.last, by) });
    }
  };

  const end = () => {
    // A tap is no block.
    if (drag?.is === 'drawing' && Math.hypot(drag.to.x - drag.from.x, drag.to.y - drag.from.y) > 20)
      onDraw([drag.from, drag.to]);
    setDrag(undefined);
  };

  const step = (event: KeyboardEvent, block: DrawnBlock, ends: readonly BlockEnd[]) => {
    const arrow = Object.hasOwn(arrows, event.key) ? arrows[event.key] : undefined;
    if (arrow === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const far = event.shiftKey ? 10 : 1;
    const by = { x: arrow.x * far, y: arrow.y * far };
    onMove(block.id, Object.fromEntries(ends.map((each) => [each, add(block[each], by)])));
  };

  return (
    <div className={styles.scroller}>
      <div className={styles.sheet} style={{ width: `${zoom * 100}%`, aspectRatio: `${size.width} / ${size.height}` }}>
        <img src={picture} alt={t('templates.pictureAlt')} draggable={false} />
        <svg
          ref={svg}
          viewBox={`0 0 ${size.width} ${size.height}`}
          className={styles.overlay}
          data-drawing={isDrawing || undefined}
          onPointerDown={(event) => {
            if (!isDrawing) return;
            const at = locate(event);
            begin(event, { is: 'drawing', from: at, to: at });
          }}
          onPointerMove={follow}
          onPointerUp={end}
          onPointerCancel={() => setDrag(undefined)}
        >
          {blocks.map((block) => (
            <g
              key={block.id}
              // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a button element cannot stand in an SVG
              role="button"
              tabIndex={0}
              aria-label={t('templates.block', { name: nameBlock(t, block) })}
              aria-pressed={block.id === selectedId}
              className={styles.block}
              data-selected={block.id === selectedId || undefined}
              onPointerDown={(event) => {
                if (isDrawing) return;
                onSelect(block.id);
                begin(event, { is: 'moving', block, from: locate(event) });
              }}
              onFocus={() => onSelect(block.id)}
              onKeyDown={(event) => step(event, block, ['first', 'last'])}
            >
              <Bubbles block={block} marked={marked} />
            </g>
          ))}
          {blocks
            .filter(({ id }) => id === selectedId && !isDrawing)
            .flatMap((block) =>
              (['first', 'last'] as const).map((each) => (
                <circle
                  key={each}
                  className={styles.handle}
                  // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a range input moves along one axis only
                  role="slider"
                  tabIndex={0}
                  aria-label={t(`templates.end.${each}`)}
                  aria-valuemin={0}
                  aria-valuemax={size.width}
                  aria-valuenow={block[each].x}
                  aria-valuetext={t('templates.at', { x: block[each].x, y: block[each].y })}
                  cx={block[each].x}
                  cy={block[each].y}
                  r={Math.max(14, 22 / zoom)}
                  onPointerDown={(event) => begin(event, { is: 'pulling', block, end: each })}
                  onKeyDown={(event) => step(event, block, [each])}
                />
              )),
            )}
          {drag?.is === 'drawing' && (
            <rect
              className={styles.drawn}
              x={Math.min(drag.from.x, drag.to.x)}
              y={Math.min(drag.from.y, drag.to.y)}
              width={Math.abs(drag.to.x - drag.from.x)}
              height={Math.abs(drag.to.y - drag.from.y)}
            />
          )}
        </svg>
      </div>
    </div>
  );
}

function Bubbles({ block, marked }: { readonly block: DrawnBlock; readonly marked: ReadonlySet<string> }) {
  const { width, height } = block.bubble;
  return Array.from({ length: block.fields }, (_row, field) =>
    Array.from({ length: block.choices }, (_column, choice) => {
      const { x, y } = placeBubble(block, field, choice);
      const name = `${block.id} ${field} ${choice}`;
      return (
        <ellipse
          key={name}
          cx={x}
          cy={y}
          rx={width / 2}
          ry={height / 2}
          data-marked={marked.has(name) || undefined}
          data-first={(field === 0 && choice === 0) || undefined}
        />
      );
    }),
  );
}

/** What a block is called: the numbers of its questions. */
export function nameBlock(t: TFunction, block: DrawnBlock): string {
  if (block.holds === 'number') return t('templates.numberBlock');
  return t('templates.questions', { from: block.startsAt, to: block.startsAt + block.fields - 1 });
}

/** A whole pixel of the picture. */
function clamp(value: number, most: number): number {
  return Math.round(Math.max(0, Math.min(most, value)));
}

function add(a: Position, b: Position): Position {
  return { x: a.x + b.x, y: a.y + b.y };
}
