import { useImperativeHandle, useRef, type Ref } from 'react';
import type { Quad, Size } from '#contract/images.ts';
import type { PageFinding } from '#contract/pages.ts';
import styles from './outline-overlay.module.css';

/** Under this a corner is drawn dashed: it is as likely wrong as right. */
const unsureBelow = 0.5;

export interface DrawnOutline {
  readonly corners: Quad;
  readonly cornerConfidence: PageFinding['cornerConfidence'];
  /** The picture is about to be taken. */
  readonly isCounting: boolean;
}

export interface OutlinePainter {
  /** Draws the outline in pixels of the frame, or nothing. Cheap enough for every display frame; React is not asked. */
  paint(outline: DrawnOutline | undefined, frame: Size): void;
}

interface OutlineOverlayProps {
  readonly ref: Ref<OutlinePainter>;
}

/**
 * Lies over the video, which it fits in as `object-fit: contain` fits the video. Each side is drawn as two halves, one for
 * each of its corners, so that an unsure corner is dashed and a sure one is not.
 */
export function OutlineOverlay({ ref }: OutlineOverlayProps) {
  const svg = useRef<SVGSVGElement>(null);
  useImperativeHandle(ref, () => ({ paint: (outline, frame) => paintOutline(svg.current, outline, frame) }), []);
  return (
    <svg ref={svg} className={styles.overlay} preserveAspectRatio="xMidYMid meet" aria-hidden data-testid="outline">
      <polygon className={styles.area} />
      <polygon className={styles.casing} />
      {[0, 1, 2, 3].map((corner) => (
        <polyline key={corner} className={styles.side} />
      ))}
    </svg>
  );
}

function paintOutline(svg: SVGSVGElement | null, outline: DrawnOutline | undefined, frame: Size): void {
  if (svg === null) return;
  svg.toggleAttribute('data-visible', outline !== undefined);
  if (outline === undefined) return;
  svg.toggleAttribute('data-counting', outline.isCounting);
  setIfChanged(svg, 'viewBox', `0 0 ${frame.width} ${frame.height}`);
  const { corners } = outline;
  const whole = corners.map(written).join(' ');
  for (const polygon of svg.querySelectorAll('polygon')) setIfChanged(polygon, 'points', whole);
  for (const [index, line] of svg.querySelectorAll('polyline').entries()) {
    const corner = corners[index];
    const before = corners[(index + 3) % 4];
    const after = corners[(index + 1) % 4];
    if (corner === undefined || before === undefined || after === undefined) continue;
    line.toggleAttribute('data-unsure', (outline.cornerConfidence[index] ?? 1) < unsureBelow);
    setIfChanged(line, 'points', [halfway(before, corner), corner, halfway(corner, after)].map(written).join(' '));
  }
}

function setIfChanged(element: Element, name: string, value: string): void {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

interface Position {
  readonly x: number;
  readonly y: number;
}

function halfway(from: Position, to: Position): Position {
  return { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
}

function written({ x, y }: Position): string {
  return `${x.toFixed(1)},${y.toFixed(1)}`;
}
