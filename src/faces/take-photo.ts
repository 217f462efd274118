import type { Camera } from '#src/capture/camera.ts';
import { takeStill, waitForFrame } from '#src/capture/camera-still.ts';
import { engine } from '#src/engine/engine.ts';

/** The best picture that the camera gives, as a JPEG. */
export async function takePhoto(camera: Camera, video: HTMLVideoElement): Promise<Blob> {
  await waitForFrame(video);
  const { photo } = await takeStill(camera, video, async (frame) => {
    const encoded = await engine.run('photos.from-frame', { frame });
    return encoded.photo;
  });
  return photo;
}
