/**
 * What the camera screen remembers from one visit to the next. Read before the first picture appears, so it lies in
 * localStorage; where a browser keeps that from us, the defaults hold.
 */
const cameraKey = 'papel.camera';
const faceCameraKey = 'papel.face-camera';
const autoKey = 'papel.auto-capture';

function read(key: string): string | undefined {
  try {
    return localStorage.getItem(key) ?? undefined;
  } catch {
    return undefined;
  }
}

function write(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Nothing is lost but a preference.
  }
}

/** The id of the camera that was chosen last on this device. */
export const rememberedCamera = {
  read: () => read(cameraKey),
  write: (deviceId: string) => write(cameraKey, deviceId),
};

/** The same of the screens that look at a face, where another camera is the usual one. */
export const rememberedFaceCamera = {
  read: () => read(faceCameraKey),
  write: (deviceId: string) => write(faceCameraKey, deviceId),
};

/** Whether pages are taken by themselves; yes unless it was switched off. */
export const rememberedAuto = {
  read: () => read(autoKey) !== 'off',
  write: (isOn: boolean) => write(autoKey, isOn ? 'on' : 'off'),
};
