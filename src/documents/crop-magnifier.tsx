import type { Size } from '#contract/images.ts';
import { PhotoPicture } from './crop-photo.tsx';
import type { CropView, StagePoint } from './crop-view.ts';
import styles from './crop-editor.module.css';

interface CropMagnifierProps {
  readonly picture: string | undefined;
  readonly view: CropView;
  /** The crop's corners on the stage. */
  readonly outline: readonly StagePoint[];
  /** What it shows in its middle. */
  readonly at: StagePoint;
  readonly stage: Size;
}

const diameterPx = 132;
const zoom = 3;

/** A round glass over the point under the finger, on the other side of the stage, with a cross-hair. */
export function CropMagnifier({ picture, view, outline, at, stage }: CropMagnifierProps) {
  // The stage's own coordinates, enlarged about the point: `at` comes to lie in the middle of the glass.
  const toGlass = ({ x, y }: StagePoint): StagePoint => ({
    x: (x - at.x) * zoom + diameterPx / 2,
    y: (y - at.y) * zoom + diameterPx / 2,
  });
  const corner = toGlass({ x: view.left, y: view.top });
  const enlarged: CropView = { ...view, scale: view.scale * zoom, left: corner.x, top: corner.y };
  const points = outline.map(toGlass).map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`);
  const middle = diameterPx / 2;
  return (
    <div
      className={styles.magnifier}
      data-right={at.x < stage.width / 2 || undefined}
      data-testid="magnifier"
      aria-hidden
    >
      <PhotoPicture picture={picture} view={enlarged} />
      <svg width={diameterPx} height={diameterPx} className={styles.overlay}>
        <polygon className={styles.outline} points={points.join(' ')} />
        <path className={styles.crossHair} d={`M${middle} 0V${diameterPx}M0 ${middle}H${diameterPx}`} />
      </svg>
    </div>
  );
}
