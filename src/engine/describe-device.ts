/** What a device has that Papel stands on, for whoever wants to know why something is slow or does not work. */
import { asFailure, type FailureCode } from '#contract/failures.ts';
import { models } from 'virtual:models';
import { deviceTesseract, deviceVariant, type WasmVariant } from '#src/delivery/wasm-variant.ts';
import { engine } from './engine.ts';

export interface DeviceReport {
  /** Milliseconds until OpenCV ran in a worker, or why it did not. */
  readonly engine: number | FailureCode;
  readonly wasm: WasmVariant;
  readonly textReader: ReturnType<typeof deviceTesseract>;
  readonly isIsolated: boolean;
  readonly cores: number;
  /** Gigabytes, as far as the browser says. */
  readonly memory: number | undefined;
  /** Undefined where the browser does not say. */
  readonly cameras: number | undefined;
  readonly mayUseCamera: PermissionState | undefined;
  /** Bytes that the browser still gives; undefined where it does not say. */
  readonly freeBytes: number | undefined;
  readonly isPersistent: boolean | undefined;
  /** Those of this version, such as `document-detection 7`, whether fetched or not. */
  readonly models: readonly string[];
}

/** Asks for nothing: the camera stays off, and no question comes up. */
export async function describeDevice(): Promise<DeviceReport> {
  const [started, devices, mayUseCamera, estimate, isPersistent] = await Promise.all([
    engine.run('engine.start', {}).then(
      ({ startMs }) => startMs,
      (cause: unknown) => asFailure(cause).code,
    ),
    orUndefined(() => navigator.mediaDevices.enumerateDevices()),
    orUndefined(async () => (await navigator.permissions.query({ name: 'camera' })).state),
    orUndefined(() => navigator.storage.estimate()),
    orUndefined(() => navigator.storage.persisted()),
  ]);
  const { quota, usage } = estimate ?? {};
  return {
    engine: started,
    wasm: deviceVariant(),
    textReader: deviceTesseract(),
    isIsolated: globalThis.crossOriginIsolated,
    cores: navigator.hardwareConcurrency,
    memory:
      'deviceMemory' in navigator && typeof navigator.deviceMemory === 'number' ? navigator.deviceMemory : undefined,
    cameras: devices?.filter(({ kind }) => kind === 'videoinput').length,
    mayUseCamera,
    freeBytes: quota === undefined || usage === undefined ? undefined : quota - usage,
    isPersistent,
    models: models.map(({ name, version }) => `${name} ${version}`),
  };
}

/** What a browser does not have, or does not tell: outside secure contexts these objects are not there at all. */
async function orUndefined<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch {
    return undefined;
  }
}

const known = (value: string | number | boolean | undefined) => (value === undefined ? 'not said' : String(value));

/** For an e-mail: the same words in every language, so that whoever helps can read it. Nothing of the user's is in it. */
export function writeDeviceReport(
  report: DeviceReport,
  backends: readonly { readonly backend: string; readonly ms: number }[],
  about: { readonly build: string; readonly browser: string },
): string {
  const rows: readonly (readonly [string, string])[] = [
    ['Papel', about.build],
    ['Browser', about.browser],
    ['Engine', typeof report.engine === 'number' ? `started in ${Math.round(report.engine)} ms` : report.engine],
    ...backends.map(({ backend, ms }) => [`Pages on ${backend}`, `${ms.toFixed(1)} ms a picture`] as const),
    ['WebAssembly', `${report.wasm}; text: ${report.textReader}; isolated: ${known(report.isIsolated)}`],
    ['Cores', known(report.cores)],
    ['Memory, GB', known(report.memory)],
    ['Cameras', `${known(report.cameras)}; permission: ${known(report.mayUseCamera)}`],
    ['Free space, MB', report.freeBytes === undefined ? 'not said' : (report.freeBytes / 1e6).toFixed(0)],
    ['Space is kept for Papel', known(report.isPersistent)],
    ['Models', report.models.join(', ')],
  ];
  return rows.map(([name, value]) => `${name}: ${value}`).join('\n');
}
