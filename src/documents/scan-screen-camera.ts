import { useMemo, useSyncExternalStore } from 'react';
import { rememberedCamera } from '#src/capture/camera-memory.ts';
import { createCameraSession, type CameraSession, type CameraState } from '#src/capture/camera-session.ts';

/** The camera, running while the screen that asks for it is shown. */
export function useCamera(): { readonly session: CameraSession; readonly state: CameraState } {
  const session = useMemo(
    () => createCameraSession({ devices: mediaDevices(), page: document, remembered: rememberedCamera }),
    [],
  );
  return { session, state: useSyncExternalStore(session.subscribe, session.getState) };
}

/** Outside secure contexts browsers leave it out, whatever the DOM's declarations say. */
function mediaDevices(): MediaDevices | undefined {
  return 'mediaDevices' in navigator ? navigator.mediaDevices : undefined;
}
