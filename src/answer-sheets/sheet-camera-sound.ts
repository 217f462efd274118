/** The beep for a sheet that was read, and whether it is wanted on this device. */

const mutedKey = 'papel.sheet-sound';

export const rememberedMute = {
  read(): boolean {
    try {
      return localStorage.getItem(mutedKey) === 'off';
    } catch {
      return false;
    }
  },
  write(isMuted: boolean): void {
    try {
      localStorage.setItem(mutedKey, isMuted ? 'off' : 'on');
    } catch {
      // Nothing is lost but a preference.
    }
  },
};

export type BeepKind = 'kept' | 'already' | 'doubtful';

/** Told apart without looking: one high tone, one low, two for what will have to be looked at. Hertz, from C6 down. */
const tones: Readonly<Record<BeepKind, readonly number[]>> = { kept: [1047], already: [523], doubtful: [1047, 784] };
const toneMs = 90;
const volume = 0.15;

export interface Beeper {
  play(kind: BeepKind): void;
  close(): void;
}

/** Browsers let it sound once the user has touched the page, which is how this screen is reached. */
export function createBeeper(): Beeper {
  let context: AudioContext | undefined;
  return {
    play(kind) {
      context ??= new AudioContext();
      // Where the page was opened by its address, nobody has touched it yet: it stays silent.
      void context.resume().catch(() => undefined);
      for (const [index, hertz] of tones[kind].entries()) {
        const start = context.currentTime + (index * 1.3 * toneMs) / 1000;
        const end = start + toneMs / 1000;
        const oscillator = new OscillatorNode(context, { frequency: hertz, type: 'sine' });
        const gain = new GainNode(context, { gain: 0 });
        // Ramps, as a tone that is cut off clicks.
        gain.gain.setValueAtTime(0, start);
        gain.gain.linearRampToValueAtTime(volume, start + 0.01);
        gain.gain.setValueAtTime(volume, end - 0.02);
        gain.gain.linearRampToValueAtTime(0, end);
        oscillator.connect(gain).connect(context.destination);
        oscillator.start(start);
        oscillator.stop(end);
      }
    },
    close() {
      void context?.close().catch(() => undefined);
      context = undefined;
    },
  };
}
