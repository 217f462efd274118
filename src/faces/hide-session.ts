/**
 * Pictures on their way from being chosen to being hidden. All of it is in memory: what is not saved is gone with the screen.
 * Nothing is made of a picture that nobody has looked at.
 */
import type { HidingStyle } from '#contract/faces.ts';
import { asFailure, CodedFailure, type Failure } from '#contract/failures.ts';
import type { Size } from '#contract/images.ts';
import type { JobOutput, PhotoKind } from '#contract/jobs.ts';
import type { Engine } from '#src/engine/engine.ts';
import { record, redo, settle, startHistory, undo, type History } from '#src/ui/history.ts';
import { hiddenAreas, outlinesOf, type Outline } from './hide-outlines.ts';

export interface HidePicture {
  readonly id: string;
  /** The file's name; empty for the camera's and for pages. */
  readonly name: string;
  /** `waiting` for its turn, `looking` for faces, `ready` for the review, or `failed`: it is then left out. */
  readonly state: 'waiting' | 'looking' | 'ready' | 'failed';
  readonly failure?: Failure;
  /** In a format that browsers show, once it is ready. */
  readonly photo?: Blob;
  readonly photoSize?: Size;
  readonly history: History<readonly Outline[]>;
  /** Somebody has looked at it as it is now and said that it may go. */
  readonly isReviewed: boolean;
}

export interface HideState {
  readonly pictures: readonly HidePicture[];
  readonly style: HidingStyle;
  readonly refused: readonly { readonly name: string; readonly failure: Failure }[];
}

export interface HideInput {
  readonly file: Blob;
  readonly name: string;
  readonly kind: PhotoKind;
}

interface HideSettings {
  readonly engine: Engine;
  /** Reads a file's header; throws a CodedFailure where the file is refused. */
  readonly inspect: (file: File) => Promise<{ readonly kind: PhotoKind }>;
}

export type HideSession = ReturnType<typeof createHideSession>;

/** Formats that browsers do not show. */
const converted = new Set<PhotoKind>(['pdf', 'tiff', 'heic']);

/** As documents take from one file. */
const mostPicturesPerFile = 200;

/** A picture with what is outlined hidden in its pixels. */
export type HiddenPhoto = JobOutput<'faces.hide'>;

/** What has been made of a picture, for as long as nothing about it changes. */
interface MadePhoto {
  readonly outlines: readonly Outline[];
  readonly style: HidingStyle;
  readonly hidden: Promise<HiddenPhoto>;
}

export function createHideSession({ engine, inspect }: HideSettings) {
  let state: HideState = { pictures: [], style: 'pixelated', refused: [] };
  const listeners = new Set<() => void>();
  const sources = new Map<string, HideInput & { readonly index?: number }>();
  const made = new Map<string, MadePhoto>();
  let ending = new AbortController();
  let lastId = 0;
  let isFinding = false;

  function set(next: Partial<HideState>): void {
    state = { ...state, ...next };
    for (const listener of listeners) listener();
  }

  function change(id: string, next: (picture: HidePicture) => HidePicture): void {
    set({ pictures: state.pictures.map((picture) => (picture.id === id ? next(picture) : picture)) });
  }

  /** Stops what is under way, and forgets every picture. */
  function clear(): void {
    ending.abort();
    ending = new AbortController();
    sources.clear();
    made.clear();
    set({ pictures: [], refused: [] });
  }

  const find = (id: string): HidePicture | undefined => state.pictures.find((picture) => picture.id === id);

  function append(inputs: readonly (HideInput & { readonly index?: number })[]): void {
    const added = inputs.map((input): HidePicture => {
      const id = `picture-${++lastId}`;
      sources.set(id, input);
      return { id, name: input.name, state: 'waiting', history: startHistory([]), isReviewed: false };
    });
    set({ pictures: [...state.pictures, ...added] });
  }

  function refuse(name: string, cause: unknown): void {
    const failure = asFailure(cause);
    if (failure.code !== 'cancelled') set({ refused: [...state.refused, { name, failure }] });
  }

  /** A file of pages becomes as many pictures as it has. */
  async function spread(input: HideInput): Promise<void> {
    if (input.kind !== 'pdf' && input.kind !== 'tiff') return append([input]);
    const { pictures } = await engine.run('photos.count', input, { signal: ending.signal });
    if (pictures > mostPicturesPerFile) {
      const figures = { pages: pictures, limit: mostPicturesPerFile };
      throw new CodedFailure('too-many-pages', `${pictures} pictures in one file`, figures);
    }
    append(Array.from({ length: pictures }, (_, index) => ({ ...input, index })));
  }

  /** One after the other: the first can be looked at while the others are searched. */
  async function findAll(): Promise<void> {
    if (isFinding) return;
    isFinding = true;
    try {
      for (;;) {
        const next = state.pictures.find((picture) => picture.state === 'waiting');
        if (next === undefined) return;
        await findIn(next.id);
      }
    } finally {
      isFinding = false;
    }
  }

  async function findIn(id: string): Promise<void> {
    const source = sources.get(id);
    if (source === undefined) return;
    const options = { signal: ending.signal };
    change(id, (picture) => ({ ...picture, state: 'looking' }));
    try {
      const { file, kind, index = 0 } = source;
      const photo = converted.has(kind)
        ? (await engine.run('photos.convert', { file, kind, index }, options)).photo
        : file;
      const { photoSize, faces } = await engine.run('faces.find', { photo, purpose: 'hide' }, options);
      change(id, (picture) => ({
        ...picture,
        state: 'ready',
        photo,
        photoSize,
        history: startHistory(outlinesOf(faces)),
      }));
    } catch (cause) {
      const failure = asFailure(cause);
      if (failure.code === 'internal') console.error(cause);
      change(id, (picture) => ({ ...picture, state: 'failed', failure }));
    }
  }

  /** The picture with what is outlined hidden in its pixels: the very file that is exported. */
  function hide(id: string): Promise<HiddenPhoto> {
    const picture = find(id);
    if (picture?.photo === undefined) return Promise.reject(new CodedFailure('internal', `${id} is not ready`));
    const { photo } = picture;
    const outlines = picture.history.present;
    const { style } = state;
    const before = made.get(id);
    if (before?.outlines === outlines && before.style === style) return before.hidden;
    const input = { photo, areas: hiddenAreas(outlines), style };
    const hidden = engine.run('faces.hide', input, { signal: ending.signal });
    made.set(id, { outlines, style, hidden });
    // A failure is forgotten, so that the next one who asks tries again.
    hidden.catch(() => made.delete(id));
    return hidden;
  }

  const edit = (id: string, next: (history: HidePicture['history']) => HidePicture['history']): void =>
    change(id, (picture) => {
      const history = next(picture.history);
      const isSame = history.present === picture.history.present;
      return { ...picture, history, isReviewed: picture.isReviewed && isSame };
    });

  return {
    getState: (): HideState => state,

    /** When the last listener leaves, everything ends. */
    subscribe: (listener: () => void): (() => void) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) clear();
      };
    },

    /** Files as they come from a picker or a drop. What is no picture is refused, one by one. */
    async addFiles(files: readonly File[]): Promise<void> {
      for (const file of files) {
        try {
          const { kind } = await inspect(file);
          await spread({ file, name: file.name, kind });
        } catch (cause) {
          refuse(file.name, cause);
        }
        void findAll();
      }
    },

    /** Pictures that are known to be some: a shot of the camera, pages of a document. */
    addPhotos(photos: readonly HideInput[]): void {
      append(photos);
      void findAll();
    },

    /** Keeps the outlines; changes with the same `gesture` are one step to undo. */
    change: (id: string, outlines: readonly Outline[], gesture?: string): void =>
      edit(id, (history) => record(history, outlines, gesture)),
    settle: (id: string): void => edit(id, settle),
    undo: (id: string): void => edit(id, undo),
    redo: (id: string): void => edit(id, redo),
    setStyle: (style: HidingStyle): void => set({ style }),

    /** Says that the picture was looked at and may go as it is. */
    review: (id: string): void => change(id, (picture) => ({ ...picture, isReviewed: picture.state === 'ready' })),

    remove(id: string): void {
      sources.delete(id);
      made.delete(id);
      set({ pictures: state.pictures.filter((picture) => picture.id !== id) });
    },

    tryAgain(id: string): void {
      change(id, ({ failure: _failure, ...picture }) => ({ ...picture, state: 'waiting' }));
      void findAll();
    },

    hide,

    /**
     * Hides in all pictures, one after the other.
     *
     * @throws CodedFailure `internal` where one of them was not looked at, `cancelled`, and what the jobs fail with.
     */
    async hideAll(signal: AbortSignal, onProgress: (done: number, total: number) => void): Promise<HiddenPhoto[]> {
      const pictures = picturesToMake(state.pictures);
      if (!isReviewed(state.pictures)) throw new CodedFailure('internal', 'Not every picture was looked at');
      const hidden: HiddenPhoto[] = [];
      for (const [done, { id }] of pictures.entries()) {
        if (signal.aborted) throw new CodedFailure('cancelled', 'Stopped by the user');
        onProgress(done, pictures.length);
        hidden.push(await hide(id));
      }
      return hidden;
    },

    clear,
  };
}

/** Those that failed are left out. */
export function picturesToMake(pictures: readonly HidePicture[]): readonly HidePicture[] {
  return pictures.filter(({ state }) => state !== 'failed');
}

/** Whether somebody has looked at every picture, and there is one. */
export function isReviewed(pictures: readonly HidePicture[]): boolean {
  const toMake = picturesToMake(pictures);
  return toMake.length > 0 && toMake.every((picture) => picture.isReviewed);
}
