/** Opens a camera for photographing paper and says what it can do. */

/** Not all of these are in the DOM's own declarations yet: https://www.w3.org/TR/image-capture/ */
declare global {
  interface MediaTrackCapabilities {
    readonly torch?: boolean;
    readonly focusMode?: readonly string[];
  }
  interface MediaTrackConstraintSet {
    torch?: boolean;
    focusMode?: string;
    pointsOfInterest?: readonly { readonly x: number; readonly y: number }[];
    resizeMode?: { readonly ideal: 'none' | 'crop-and-scale' };
  }
  interface MediaTrackSupportedConstraints {
    readonly pointsOfInterest?: boolean;
  }
}

export const cameraProblems = ['refused', 'none', 'busy', 'withdrawn', 'unsupported', 'unknown'] as const;
/**
 * Why there is no picture: the user or the school's rules said no (`refused`), no camera is there (`none`), another app
 * has it (`busy`), it went away in the middle (`withdrawn`), the browser or the connection does not allow it (`unsupported`).
 */
export type CameraProblem = (typeof cameraProblems)[number];

export class CameraFailure extends Error {
  readonly problem: CameraProblem;

  constructor(problem: CameraProblem, cause?: unknown) {
    super(`camera: ${problem}`, { cause });
    this.name = 'CameraFailure';
    this.problem = problem;
  }
}

/** Which way a camera looks, in the words of the platform: away from the user, or at them. */
export type CameraFacing = 'environment' | 'user';

export interface CameraChoice {
  readonly deviceId: string;
  /** The device's own name; empty where the browser keeps it back. */
  readonly label: string;
}

export interface Camera {
  readonly stream: MediaStream;
  readonly track: MediaStreamTrack;
  readonly deviceId: string;
  readonly hasTorch: boolean;
  readonly hasTapToFocus: boolean;
  /** A camera that looks at the user is shown mirrored, as in a mirror; the photo is not. */
  readonly facesUser: boolean;
}

/**
 * Where stills come from the video (no `ImageCapture`), the video must be as large as the camera gives; elsewhere a
 * full-HD stream is enough for the outline and keeps the phone cool.
 */
function sizeWanted(): MediaTrackConstraints {
  const size = takesStills() ? { width: 1920, height: 1080 } : { width: 3840, height: 2160 };
  // A mode of the camera's own: browsers may otherwise cut the picture to the shape that was asked for.
  return { width: { ideal: size.width }, height: { ideal: size.height }, resizeMode: { ideal: 'none' } };
}

/**
 * Opens the camera with this id, or else the one that looks away from the user or at them, as `facing` says. A camera that
 * was chosen once and is not there any more is no failure: the other is opened.
 *
 * @throws CameraFailure
 */
export async function openCamera(
  devices: MediaDevices | undefined,
  deviceId: string | undefined,
  facing: CameraFacing,
): Promise<Camera> {
  if (devices?.getUserMedia === undefined) throw new CameraFailure('unsupported');
  const size = sizeWanted();
  const usual: MediaTrackConstraints = { ...size, facingMode: { ideal: facing } };
  let stream: MediaStream;
  try {
    stream = await openStream(devices, deviceId === undefined ? usual : { ...size, deviceId: { exact: deviceId } });
  } catch (cause) {
    const isGone = deviceId !== undefined && cause instanceof CameraFailure && cause.problem === 'none';
    if (!isGone) throw cause;
    stream = await openStream(devices, usual);
  }
  const [track] = stream.getVideoTracks();
  if (track === undefined) throw new CameraFailure('none');
  return describeCamera(stream, track, devices.getSupportedConstraints());
}

async function openStream(devices: MediaDevices, video: MediaTrackConstraints): Promise<MediaStream> {
  try {
    return await devices.getUserMedia({ video, audio: false });
  } catch (cause) {
    throw asCameraFailure(cause);
  }
}

/** The names of https://www.w3.org/TR/mediacapture-streams/#dom-mediadevices-getusermedia and older ones of browsers. */
export function asCameraFailure(cause: unknown): CameraFailure {
  if (cause instanceof CameraFailure) return cause;
  const name = cause instanceof Error || cause instanceof DOMException ? cause.name : '';
  switch (name) {
    case 'NotAllowedError':
    case 'PermissionDeniedError':
      return new CameraFailure('refused', cause);
    case 'NotFoundError':
    case 'OverconstrainedError':
    case 'DevicesNotFoundError':
      return new CameraFailure('none', cause);
    // Hardware or driver: nearly always another app that holds the camera.
    case 'NotReadableError':
    case 'TrackStartError':
    case 'AbortError':
      return new CameraFailure('busy', cause);
    // Not a secure context, or a frame without the permission.
    case 'SecurityError':
    case 'TypeError':
      return new CameraFailure('unsupported', cause);
    default:
      return new CameraFailure('unknown', cause);
  }
}

function describeCamera(
  stream: MediaStream,
  track: MediaStreamTrack,
  supported: MediaTrackSupportedConstraints,
): Camera {
  const settings = track.getSettings();
  // Firefox has no getCapabilities before version 132.
  const capabilities: MediaTrackCapabilities = track.getCapabilities?.() ?? {};
  const focusModes = capabilities.focusMode ?? [];
  return {
    stream,
    track,
    deviceId: settings.deviceId ?? '',
    hasTorch: capabilities.torch === true,
    hasTapToFocus: supported.pointsOfInterest === true && tapFocusMode(focusModes) !== undefined,
    facesUser: settings.facingMode === 'user',
  };
}

export function closeCamera({ stream }: Camera): void {
  for (const track of stream.getTracks()) track.stop();
}

/** @throws DOMException when the driver refuses. */
export async function switchTorch({ track }: Camera, isOn: boolean): Promise<void> {
  await track.applyConstraints({ advanced: [{ torch: isOn }] });
}

function tapFocusMode(modes: readonly string[]): string | undefined {
  return ['single-shot', 'continuous'].find((mode) => modes.includes(mode));
}

/**
 * Focuses on a point of the picture, both coordinates 0 to 1 from its top left.
 *
 * @throws DOMException when the driver refuses.
 */
export async function focusAt({ track }: Camera, point: { readonly x: number; readonly y: number }): Promise<void> {
  const focusMode = tapFocusMode(track.getCapabilities?.().focusMode ?? []);
  await track.applyConstraints({
    advanced: [{ pointsOfInterest: [point], ...(focusMode === undefined ? {} : { focusMode }) }],
  });
}

/** The cameras of the device. Their names are empty until one has been allowed. */
export async function listCameras(devices: MediaDevices): Promise<readonly CameraChoice[]> {
  const all = await devices.enumerateDevices();
  return all
    .filter(({ kind, deviceId }) => kind === 'videoinput' && deviceId !== '')
    .map(({ deviceId, label }) => ({ deviceId, label }));
}

/** True where the browser can make the camera take a still of its own, larger than the video. */
export function takesStills(): boolean {
  return typeof ImageCapture === 'function';
}
