import { afterEach, describe, expect, it, vi } from 'vitest';
import { createCameraSession, type CameraSession } from './camera-session.ts';

/** A track as far as the session looks at it. */
class FakeTrack extends EventTarget {
  readyState: 'live' | 'ended' = 'live';
  readonly deviceId: string;
  readonly facingMode: string | undefined;

  constructor(deviceId: string, facingMode: string | undefined) {
    super();
    this.deviceId = deviceId;
    this.facingMode = facingMode;
  }

  getSettings() {
    return { deviceId: this.deviceId, facingMode: this.facingMode };
  }
  getCapabilities() {
    return { torch: this.deviceId === 'rear', focusMode: ['continuous', 'single-shot'] };
  }
  stop() {
    this.readyState = 'ended';
  }
  endByItself() {
    this.stop();
    this.dispatchEvent(new Event('ended'));
  }
}

class FakeDevices extends EventTarget {
  readonly opened: FakeTrack[] = [];
  readonly asked: MediaTrackConstraints[] = [];
  cameras = ['rear', 'front'];
  failWith: string | undefined;
  /** While set, an opening waits until its entry in `held` is called. */
  holdsBack = false;
  readonly held: (() => void)[] = [];

  getSupportedConstraints() {
    return { pointsOfInterest: true };
  }

  async enumerateDevices() {
    return [
      { kind: 'audioinput', deviceId: 'mic', label: 'Microphone' },
      ...this.cameras.map((deviceId) => ({ kind: 'videoinput', deviceId, label: `Camera ${deviceId}` })),
    ];
  }

  async getUserMedia({ video }: { video: MediaTrackConstraints & { deviceId?: { exact: string } } }) {
    this.asked.push(video);
    if (this.holdsBack) await new Promise<void>((resolve) => this.held.push(resolve));
    if (this.failWith !== undefined) throw new DOMException('no', this.failWith);
    const wanted = video.deviceId?.exact ?? this.cameras[0];
    if (wanted === undefined || !this.cameras.includes(wanted)) throw new DOMException('no', 'NotFoundError');
    const track = new FakeTrack(wanted, wanted === 'rear' ? 'environment' : 'user');
    this.opened.push(track);
    return { getTracks: () => [track], getVideoTracks: () => [track] };
  }
}

class FakePage extends EventTarget {
  visibilityState: DocumentVisibilityState = 'visible';
  turn(to: DocumentVisibilityState) {
    this.visibilityState = to;
    this.dispatchEvent(new Event('visibilitychange'));
  }
}

let leave: (() => void) | undefined;

function start(devices: FakeDevices | undefined, remembered?: string) {
  const page = new FakePage();
  const memory = { deviceId: remembered };
  const session = createCameraSession({
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the fake has the part of MediaDevices that is used
    devices: devices as unknown as MediaDevices | undefined,
    page,
    remembered: { read: () => memory.deviceId, write: (deviceId) => (memory.deviceId = deviceId) },
  });
  leave = session.subscribe(() => undefined);
  return { session, page, memory, leave };
}

async function phaseBecomes(running: CameraSession, phase: string) {
  await vi.waitFor(() => expect(running.getState().phase).toBe(phase));
  return running.getState();
}

afterEach(() => leave?.());

describe('opening', () => {
  it('asks for the rear camera and says what it can do', async () => {
    const devices = new FakeDevices();
    const { session: running } = start(devices);
    expect(running.getState().phase).toBe('opening');
    await vi.waitFor(() => expect(running.getState()).toMatchObject({ choices: [{ deviceId: 'rear' }, {}] }));
    expect(devices.asked[0]).toMatchObject({ facingMode: { ideal: 'environment' } });
    expect(running.getState()).toMatchObject({
      phase: 'live',
      camera: { deviceId: 'rear', hasTorch: true, hasTapToFocus: true, facesUser: false },
    });
  });

  it('opens the remembered camera, and the rear one when that is gone', async () => {
    const devices = new FakeDevices();
    expect(await phaseBecomes(start(devices, 'front').session, 'live')).toMatchObject({
      camera: { deviceId: 'front', facesUser: true },
    });
    expect(await phaseBecomes(start(devices, 'unplugged').session, 'live')).toMatchObject({
      camera: { deviceId: 'rear' },
    });
  });

  it.each([
    ['NotAllowedError', 'refused'],
    ['NotFoundError', 'none'],
    ['NotReadableError', 'busy'],
    ['SecurityError', 'unsupported'],
    ['UnheardOfError', 'unknown'],
  ])('%s is told as %s, and a new try may succeed', async (name, problem) => {
    const devices = new FakeDevices();
    devices.failWith = name;
    const { session: running } = start(devices);
    expect(await phaseBecomes(running, 'failed')).toEqual({ phase: 'failed', problem });
    devices.failWith = undefined;
    running.tryAgain();
    await phaseBecomes(running, 'live');
  });

  it('tells a browser without cameras as unsupported', async () => {
    expect(await phaseBecomes(start(undefined).session, 'failed')).toMatchObject({ problem: 'unsupported' });
  });
});

describe('while it runs', () => {
  it('rests while nobody looks and comes back', async () => {
    const devices = new FakeDevices();
    const { session: running, page } = start(devices);
    await phaseBecomes(running, 'live');
    page.turn('hidden');
    expect(running.getState().phase).toBe('resting');
    expect(devices.opened[0]?.readyState).toBe('ended');
    page.turn('visible');
    await phaseBecomes(running, 'live');
    expect(devices.opened[1]?.readyState).toBe('live');
  });

  it('changes the camera, stops the other and remembers', async () => {
    const devices = new FakeDevices();
    const { session: running, memory } = start(devices);
    await phaseBecomes(running, 'live');
    running.choose('front');
    expect(await phaseBecomes(running, 'live')).toMatchObject({ camera: { deviceId: 'front' } });
    expect(devices.opened.map(({ readyState }) => readyState)).toEqual(['ended', 'live']);
    expect(memory.deviceId).toBe('front');
  });

  it('says when the camera is withdrawn, and recovers when one is plugged in', async () => {
    const devices = new FakeDevices();
    const { session: running } = start(devices);
    await phaseBecomes(running, 'live');
    devices.opened[0]?.endByItself();
    expect(running.getState()).toEqual({ phase: 'failed', problem: 'withdrawn' });
    devices.cameras = ['front'];
    devices.dispatchEvent(new Event('devicechange'));
    expect(await phaseBecomes(running, 'live')).toMatchObject({ camera: { deviceId: 'front' } });
  });

  it('lists a camera that is plugged in', async () => {
    const devices = new FakeDevices();
    const { session: running } = start(devices);
    await phaseBecomes(running, 'live');
    devices.cameras.push('document camera');
    devices.dispatchEvent(new Event('devicechange'));
    await vi.waitFor(() =>
      expect(running.getState()).toMatchObject({ choices: [{}, {}, { deviceId: 'document camera' }] }),
    );
  });
});

describe('leaving', () => {
  it('turns the camera off', async () => {
    const devices = new FakeDevices();
    const { session: running, leave: leaveScreen } = start(devices);
    await phaseBecomes(running, 'live');
    leaveScreen();
    expect(devices.opened[0]?.readyState).toBe('ended');
  });

  it('turns a camera off that opens after the screen was left', async () => {
    const devices = new FakeDevices();
    devices.holdsBack = true;
    const { session: running, leave: leaveScreen } = start(devices);
    leaveScreen();
    for (const letGo of devices.held) letGo();
    await vi.waitFor(() => expect(devices.opened[0]?.readyState).toBe('ended'));
    expect(running.getState().phase).toBe('opening');
  });

  it('opens again for a screen that comes back', async () => {
    const devices = new FakeDevices();
    const { session: running, leave: leaveScreen } = start(devices);
    await phaseBecomes(running, 'live');
    leaveScreen();
    leave = running.subscribe(() => undefined);
    await phaseBecomes(running, 'live');
    expect(devices.opened.map(({ readyState }) => readyState)).toEqual(['ended', 'live']);
  });
});
