/**
 * The life of the camera on a screen: opened, stopped while nobody looks, opened again, changed for another one, lost.
 * The camera runs while somebody is subscribed; when the last one leaves, its light goes off.
 */
import {
  asCameraFailure,
  closeCamera,
  listCameras,
  openCamera,
  type Camera,
  type CameraChoice,
  type CameraFacing,
  type CameraProblem,
} from './camera.ts';

export type CameraState =
  | { readonly phase: 'opening' }
  | { readonly phase: 'live'; readonly camera: Camera; readonly choices: readonly CameraChoice[] }
  /** Nobody looks at the page: the camera is off so that its light is off and others may have it. */
  | { readonly phase: 'resting' }
  | { readonly phase: 'failed'; readonly problem: CameraProblem };

export interface CameraSession {
  readonly getState: () => CameraState;
  /** Opens the camera for the first listener and calls each after every change; returns what ends that. */
  readonly subscribe: (listener: () => void) => () => void;
  /** Changes to another camera and remembers it. */
  readonly choose: (deviceId: string) => void;
  /** After a failure. */
  readonly tryAgain: () => void;
}

export interface CameraSurroundings {
  readonly devices: MediaDevices | undefined;
  /** The document, for whether anybody looks. */
  readonly page: Pick<Document, 'visibilityState' | 'addEventListener' | 'removeEventListener'>;
  /** The id of the camera that was chosen last on this device. */
  readonly remembered: { read(): string | undefined; write(deviceId: string): void };
  /** Which camera to open where none is remembered; the rear one unless told. */
  readonly facing?: CameraFacing;
}

export function createCameraSession({
  devices,
  page,
  remembered,
  facing = 'environment',
}: CameraSurroundings): CameraSession {
  const listeners = new Set<() => void>();
  let state: CameraState = { phase: 'opening' };
  /** Raised by everything that makes an opening under way worthless. */
  let round = 0;

  function change(next: CameraState) {
    state = next;
    for (const listener of listeners) listener();
  }

  function release() {
    round += 1;
    if (state.phase !== 'live') return;
    state.camera.track.removeEventListener('ended', whenTrackEnds);
    closeCamera(state.camera);
  }

  async function open() {
    release();
    const thisRound = round;
    change({ phase: 'opening' });
    try {
      const camera = await openCamera(devices, remembered.read(), facing);
      // Meanwhile the screen was left or another camera chosen: a stream that nobody owns would keep its light on.
      if (thisRound !== round || devices === undefined) return closeCamera(camera);
      camera.track.addEventListener('ended', whenTrackEnds);
      change({ phase: 'live', camera, choices: [] });
      void refreshChoices();
    } catch (cause) {
      if (thisRound === round) change({ phase: 'failed', problem: asCameraFailure(cause).problem });
    }
  }

  /** A list that cannot be had leaves the screen without a choice of cameras, nothing worse. */
  async function refreshChoices() {
    if (devices === undefined || state.phase !== 'live') return;
    const { camera } = state;
    const thisRound = round;
    const choices = await listCameras(devices).catch(() => []);
    if (thisRound === round) change({ phase: 'live', camera, choices });
  }

  /** The permission was taken back, the camera unplugged, or the system gave it to a call. */
  function whenTrackEnds() {
    release();
    change({ phase: 'failed', problem: 'withdrawn' });
  }

  function whenVisibilityChanges() {
    if (page.visibilityState === 'hidden') {
      if (state.phase !== 'live' && state.phase !== 'opening') return;
      release();
      change({ phase: 'resting' });
    } else if (state.phase === 'resting') {
      void open();
    }
  }

  /** A camera was plugged in or out. One that is plugged in ends the state of having none. */
  function whenDevicesChange() {
    if (devices === undefined) return;
    if (state.phase === 'failed' && (state.problem === 'none' || state.problem === 'withdrawn')) {
      void open();
    } else {
      void refreshChoices();
    }
  }

  function start() {
    page.addEventListener('visibilitychange', whenVisibilityChanges);
    devices?.addEventListener('devicechange', whenDevicesChange);
    if (page.visibilityState === 'hidden') change({ phase: 'resting' });
    else void open();
  }

  function end() {
    page.removeEventListener('visibilitychange', whenVisibilityChanges);
    devices?.removeEventListener('devicechange', whenDevicesChange);
    release();
    state = { phase: 'opening' };
  }

  return {
    getState: () => state,
    subscribe(listener) {
      listeners.add(listener);
      if (listeners.size === 1) start();
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) end();
      };
    },
    choose(deviceId) {
      remembered.write(deviceId);
      void open();
    },
    tryAgain() {
      void open();
    },
  };
}
