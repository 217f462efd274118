import { Label } from 'react-aria-components/Label';
import { Slider as AriaSlider, SliderFill, SliderOutput, SliderThumb, SliderTrack } from 'react-aria-components/Slider';

import { classNames } from './class-names.ts';
import styles from './slider.module.css';

interface SliderProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly onChange: (value: number) => void;
  /** Once the thumb is let go: the moment for work that costs something. */
  readonly onChangeEnd?: (value: number) => void;
  /** How the number is written, such as `{ style: 'percent' }`. */
  readonly format?: Intl.NumberFormatOptions;
  readonly isDisabled?: boolean;
}

const fillPx = 6;

export function Slider({
  label,
  value,
  min,
  max,
  step,
  onChange,
  onChangeEnd,
  format,
  isDisabled = false,
}: SliderProps) {
  return (
    <AriaSlider
      className={styles.slider ?? ''}
      value={value}
      minValue={min}
      maxValue={max}
      step={step}
      onChange={onChange}
      isDisabled={isDisabled}
      {...(onChangeEnd === undefined ? {} : { onChangeEnd })}
      {...(format === undefined ? {} : { formatOptions: format })}
    >
      <Label className={styles.label ?? ''}>{label}</Label>
      <SliderOutput className={styles.output ?? ''} />
      <SliderTrack className={styles.track ?? ''}>
        <SliderFill
          className={classNames(styles.fill, min >= 0 && styles.fromStart)}
          // The library's own style makes it as high as the track, which is the touch target.
          style={{ height: fillPx }}
          // About a neutral middle the fill shows how far it is from there.
          offset={Math.max(0, min)}
        />
        <SliderThumb className={styles.thumb ?? ''} />
      </SliderTrack>
    </AriaSlider>
  );
}
