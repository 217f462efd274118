import { type MouseEvent, memo, useId, useRef } from 'react';

import type { LaidOutPage, PrintedItem } from '#contract/sheets.ts';
import { type PressedBubble, bubbleName, findBubble } from './sheet-preview-bubbles.ts';
import styles from './sheet-preview.module.css';

interface SheetPreviewProps {
  readonly page: LaidOutPage;
  /** Says what the picture shows. */
  readonly label: string;
  /** Bubbles that are filled in, as `bubbleName` writes them. */
  readonly filled?: ReadonlySet<string>;
  /** The pointer's way; there is always another one for the keyboard. */
  readonly onPress?: (bubble: PressedBubble) => void;
}

const grey = (share: number) => {
  const value = Math.round(share * 255);
  return `rgb(${value} ${value} ${value})`;
};

/** A page as it is printed: the same items as in the PDF, in millimetres, on white paper in the dark, too. */
export function SheetPreview({ page, label, filled, onPress }: SheetPreviewProps) {
  const titleId = useId();
  const svg = useRef<SVGSVGElement>(null);
  const { width, height } = page.design.size;

  function press(event: MouseEvent) {
    const place = svg.current?.getBoundingClientRect();
    if (place === undefined || place.width === 0) return;
    const scale = width / place.width;
    const at = { x: (event.clientX - place.left) * scale, y: (event.clientY - place.top) * scale };
    const bubble = findBubble(page.design, at);
    if (bubble !== undefined) onPress?.(bubble);
  }

  return (
    <svg
      ref={svg}
      className={styles.page}
      viewBox={`0 0 ${width} ${height}`}
      aria-labelledby={titleId}
      data-pressable={onPress === undefined ? undefined : true}
      {...(onPress === undefined ? {} : { onClick: press })}
    >
      <title id={titleId}>{label}</title>
      <PrintedItems items={page.printed} />
      {filled !== undefined && <FilledBubbles page={page} filled={filled} />}
    </svg>
  );
}

/** Some hundred items that change with the design only. */
const PrintedItems = memo(function PrintedItems({ items }: { readonly items: readonly PrintedItem[] }) {
  return (
    <g>
      {items.map((item, index) => (
        // Printed items have no names: their place in the list is all that tells them apart.
        // eslint-disable-next-line react/no-array-index-key
        <Item key={index} item={item} />
      ))}
    </g>
  );
});

function Item({ item }: { readonly item: PrintedItem }) {
  switch (item.kind) {
    case 'rectangle':
      return (
        <rect x={item.left} y={item.top} width={item.width} height={item.height} rx={item.radius} {...paintOf(item)} />
      );
    case 'ellipse':
      return (
        <ellipse
          cx={item.left + item.width / 2}
          cy={item.top + item.height / 2}
          rx={item.width / 2}
          ry={item.height / 2}
          {...paintOf(item)}
        />
      );
    case 'line':
      return (
        <line
          x1={item.from.x}
          y1={item.from.y}
          x2={item.to.x}
          y2={item.to.y}
          stroke={grey(item.grey)}
          strokeWidth={item.widthMm}
        />
      );
    case 'text':
      return (
        <text
          x={item.at.x}
          y={item.at.y}
          fontSize={item.heightMm}
          fontWeight={item.bold ? 700 : 400}
          textAnchor={anchors[item.align]}
          fill={grey(item.grey)}
        >
          {item.text}
        </text>
      );
    default:
      return <path d={modulesPath(item)} fill={grey(0)} shapeRendering="crispEdges" />;
  }
}

const anchors = { left: 'start', center: 'middle', right: 'end' } as const;

function paintOf({ stroke, fill }: Pick<Extract<PrintedItem, { kind: 'ellipse' }>, 'stroke' | 'fill'>) {
  return {
    fill: fill === undefined ? 'none' : grey(fill.grey),
    ...(stroke === undefined ? {} : { stroke: grey(stroke.grey), strokeWidth: stroke.widthMm }),
  };
}

/** Neighbours in a row are one rectangle, so that no hairline of paper shows between them. */
function modulesPath({ left, top, width, height, rows }: Extract<PrintedItem, { kind: 'modules' }>): string {
  const tall = height / rows.length;
  return rows
    .flatMap((row, y) => {
      const wide = width / row.length;
      return row.flatMap((isBlack, x) => {
        if (!isBlack || row[x - 1] === true) return [];
        const end = row.indexOf(false, x);
        const count = (end === -1 ? row.length : end) - x;
        return `M${left + x * wide} ${top + y * tall}h${count * wide}v${tall}h${-count * wide}z`;
      });
    })
    .join('');
}

function FilledBubbles({ page, filled }: { readonly page: LaidOutPage; readonly filled: ReadonlySet<string> }) {
  const bubbles = page.design.blocks.flatMap(({ fields }) =>
    fields.flatMap(({ label, bubbles: each }) =>
      each.filter(({ value }) => filled.has(bubbleName({ label, value }))).map((bubble) => ({ label, ...bubble })),
    ),
  );
  const written = (page.design.written ?? []).flatMap(({ values, ...box }) =>
    values.filter((value) => filled.has(bubbleName({ label: box.label, value }))).map((value) => ({ value, ...box })),
  );
  return (
    <g className={styles.filled}>
      {written.map(({ label, value, left, top, width, height }) => (
        <text
          key={bubbleName({ label, value })}
          x={left + width / 2}
          y={top + 0.78 * height}
          fontSize={0.75 * height}
          textAnchor="middle"
        >
          {value}
        </text>
      ))}
      {bubbles.map(({ label, value, left, top, width, height }) => (
        <ellipse
          key={bubbleName({ label, value })}
          cx={left + width / 2}
          cy={top + height / 2}
          rx={width / 2}
          ry={height / 2}
        />
      ))}
    </g>
  );
}
