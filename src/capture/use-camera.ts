import { useCallback, useMemo, useState, useSyncExternalStore } from 'react';
import { rememberedCamera, rememberedFaceCamera } from './camera-memory.ts';
import { createCameraSession, type CameraSession, type CameraState } from './camera-session.ts';
import { switchTorch, type Camera, type CameraFacing } from './camera.ts';

/**
 * The camera, running while the screen that asks for it is shown.
 *
 * @param facing which one unless the user has chosen another: for paper the rear one, for faces the one above the screen
 */
export function useCamera(facing: CameraFacing = 'environment'): {
  readonly session: CameraSession;
  readonly state: CameraState;
} {
  const session = useMemo(
    () =>
      createCameraSession({
        devices: mediaDevices(),
        page: document,
        remembered: facing === 'user' ? rememberedFaceCamera : rememberedCamera,
        facing,
      }),
    [facing],
  );
  return { session, state: useSyncExternalStore(session.subscribe, session.getState) };
}

/** Outside secure contexts browsers leave it out, whatever the DOM's declarations say. */
function mediaDevices(): MediaDevices | undefined {
  return 'mediaDevices' in navigator ? navigator.mediaDevices : undefined;
}

/** The camera's light, off at first. */
export function useTorch(camera: Camera): { readonly isOn: boolean; readonly toggle: () => Promise<void> } {
  const [isOn, setIsOn] = useState(false);
  const toggle = useCallback(async () => {
    try {
      await switchTorch(camera, !isOn);
      setIsOn(!isOn);
    } catch (cause) {
      // Some drivers announce a light and refuse it; it then stays as it is.
      console.warn(cause);
    }
  }, [camera, isOn]);
  return { isOn, toggle };
}
