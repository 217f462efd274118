import { CircleCheck, Plus, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';

import { pickFiles } from '#src/capture/pick-files.ts';
import { IconButton } from '#src/ui/controls/button.tsx';
import type { HidePicture } from './hide-session.ts';
import styles from './hide-editor.module.css';
import { usePictureUrl } from './picture-url.ts';

interface HideStripProps {
  readonly pictures: readonly HidePicture[];
  readonly chosenId: string;
  readonly onChoose: (id: string) => void;
  /** Adds more of them; pages of a document are all there. */
  readonly onFiles: ((files: readonly File[]) => void) | undefined;
}

/** All pictures in a row, each with whether somebody has looked at it. */
export function HideStrip({ pictures, chosenId, onChoose, onFiles }: HideStripProps) {
  const { t } = useTranslation();
  return (
    <ul className={styles.strip} aria-label={t('faces.hide.pictures')}>
      {pictures.map((picture, index) => (
        <li key={picture.id}>
          <StripItem
            picture={picture}
            number={index + 1}
            isChosen={picture.id === chosenId}
            onChoose={() => onChoose(picture.id)}
          />
        </li>
      ))}
      {onFiles !== undefined && (
        <li>
          <IconButton
            icon={Plus}
            kind="plain"
            label={t('faces.hide.choose')}
            onPress={() => void pickFiles().then(onFiles)}
          />
        </li>
      )}
    </ul>
  );
}

interface StripItemProps {
  readonly picture: HidePicture;
  readonly number: number;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}

function StripItem({ picture, number, isChosen, onChoose }: StripItemProps) {
  const { t } = useTranslation();
  const url = usePictureUrl(picture.photo);
  const status = picture.isReviewed ? 'reviewed' : picture.state === 'failed' ? 'failed' : 'open';
  return (
    <button
      type="button"
      className={styles.stripItem}
      aria-current={isChosen || undefined}
      aria-label={t(`faces.hide.strip.${status}`, { number })}
      onClick={onChoose}
    >
      {url !== undefined && <img src={url} alt="" loading="lazy" decoding="async" draggable={false} />}
      {status === 'reviewed' && <CircleCheck size={20} aria-hidden />}
      {status === 'failed' && <TriangleAlert size={20} aria-hidden />}
    </button>
  );
}
