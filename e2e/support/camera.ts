import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The film that Chromium's fake camera plays in a loop; made by make-camera-film.ts before the first browser starts. */
export const cameraFile = join(fileURLToPath(new URL('../../.cache/e2e', import.meta.url)), 'camera.mjpeg');

/** Where the page lies in every frame, in pixels of the 1280x720 stream. */
export const cameraFrame = { width: 1280, height: 720 } as const;
