import { photoPoint } from '#contract/images.ts';
import { toStage, type CropView } from './crop-view.ts';
import styles from './crop-editor.module.css';

/** The photo, turned about its middle as the page will be. The browser applies its EXIF orientation. */
export function PhotoPicture({ picture, view }: { readonly picture: string | undefined; readonly view: CropView }) {
  const { photo, scale, turns } = view;
  const centre = toStage(view, photoPoint(photo.width / 2, photo.height / 2));
  const width = photo.width * scale;
  const height = photo.height * scale;
  if (picture === undefined) return null;
  return (
    <img
      className={styles.photo}
      src={picture}
      alt=""
      decoding="async"
      draggable={false}
      style={{
        width,
        height,
        left: centre.x - width / 2,
        top: centre.y - height / 2,
        transform: `rotate(${turns * 90}deg)`,
      }}
    />
  );
}
