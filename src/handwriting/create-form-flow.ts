/** Everything that changes forms and their pages. Photos are in the store before anything is done with them. */
import { type Failure, asFailure } from '#contract/failures.ts';
import type { FormBoxReading } from '#contract/handwriting.ts';
import { type Quad, type Size, wholePhoto } from '#contract/images.ts';
import type { PhotoKind } from '#contract/jobs.ts';
import type { Engine } from '#src/engine/engine.ts';
import type { FormRecords } from '#src/store/form-records.ts';
import type { FormRecord, FormRow } from '#src/store/records.ts';
import { boxesOf } from './form-rows.ts';

export type Undo = () => Promise<void>;

export interface FormRefusal {
  readonly name: string;
  readonly failure: Failure;
}

export interface FormFlow {
  /** Flattens the page of a photo, a scan or a PDF's first page: boxes are drawn on it. Returns the form's id. */
  createForm(file: File, name: string, signal: AbortSignal): Promise<string>;
  renameForm(id: string, name: string): Promise<void>;
  setRows(id: string, rows: readonly FormRow[]): Promise<void>;
  renameRow(id: string, rowId: string, name: string): Promise<void>;
  /** Keeps photos and every page of PDFs, then reads them. Returns what was refused. */
  addPages(formId: string, files: readonly File[]): Promise<readonly FormRefusal[]>;
  /** Reads pages that wait, and those that were read with other boxes; does nothing while that is under way. */
  readWaiting(formId: string): Promise<void>;
  readAgain(formId: string, pageId: string): Promise<void>;
  correctBox(pageId: string, box: string, corrected: string | undefined): Promise<void>;
  deletePages(ids: readonly string[]): Promise<Undo>;
  deleteForm(id: string): Promise<Undo>;
}

export interface FormFlowSettings {
  readonly records: FormRecords;
  readonly engine: Engine;
  /** Reads a file's header; throws a CodedFailure where the file is refused. */
  readonly inspect: (file: Blob) => Promise<{ readonly kind: PhotoKind }>;
  readonly now: () => number;
  readonly onError: (cause: unknown) => void;
}

/** Long side of a form's flat picture: boxes of 6 mm on A4 are 36 pixels wide then, enough to draw and to look at. */
const longSidePx = 1800;

export function createFormFlow({ records, engine, inspect, now, onError }: FormFlowSettings): FormFlow {
  const reading = new Set<string>();
  let lastPosition = 0;

  const nextPosition = () => (lastPosition = Math.max(now(), lastPosition + 1));

  async function* openPhotos(file: Blob, signal?: AbortSignal): AsyncGenerator<Blob, void, undefined> {
    const { kind } = await inspect(file);
    const options = signal === undefined ? {} : { signal };
    if (kind !== 'pdf' && kind !== 'tiff' && kind !== 'heic') {
      yield file;
      return;
    }
    const { pictures } = await engine.run('photos.count', { file, kind }, options);
    for (let index = 0; index < pictures; index++)
      yield (await engine.run('photos.convert', { file, kind, index }, options)).photo;
  }

  async function findCorners(photo: Blob, signal?: AbortSignal): Promise<Quad> {
    const options = signal === undefined ? {} : { signal };
    const { photoSize, finding } = await engine.run('documents.outline', { photo }, options);
    return finding?.corners ?? wholePhoto(photoSize);
  }

  /** Which rows have printed lines, told from the form itself: only then a box without lines on a page is a doubt. */
  async function findLines(form: FormRecord): Promise<FormRecord> {
    if (form.rows.every(({ hasLines }) => hasLines !== undefined)) return form;
    const picture = await records.getPicture(form.id);
    if (picture === undefined) return form;
    const found = await engine.run('forms.read', {
      photo: picture,
      corners: wholePhoto(form.size),
      size: form.size,
      boxes: form.rows.flatMap(boxesOf),
    });
    const byRow = splitByRow(form, found.boxes);
    const hasLines = new Map(
      form.rows.map(({ id }) => {
        const boxes = byRow[id] ?? [];
        return [id, boxes.filter(({ seen }) => seen).length > boxes.length / 2] as const;
      }),
    );
    await records.noteLines(form.id, form.revision, hasLines);
    return { ...form, rows: form.rows.map((row) => ({ ...row, hasLines: hasLines.get(row.id) ?? false })) };
  }

  async function readNext(formId: string): Promise<boolean> {
    const stored = await records.getForm(formId);
    if (stored === undefined || stored.rows.length === 0) return false;
    const page = await records.nextPage(formId);
    if (page === undefined) return false;
    try {
      const form = await findLines(stored);
      const photo = await records.getPhoto(page.id);
      if (photo === undefined) throw new Error('The photo is not in the store.');
      const corners = await findCorners(photo);
      const boxes = form.rows.flatMap(boxesOf);
      const read = await engine.run('forms.read', { photo, corners, size: form.size, boxes });
      await records.keepReading(page.id, form.revision, splitByRow(form, read.boxes), read);
    } catch (cause) {
      const failure = asFailure(cause);
      if (failure.code === 'internal') onError(cause);
      await records.keepFailure(page.id, failure);
    }
    return true;
  }

  const flow: FormFlow = {
    async createForm(file, name, signal) {
      const { value: photo } = await openPhotos(file, signal).next();
      const corners = await findCorners(photo ?? file, signal);
      const size = frameOf(corners);
      const { picture, size: made } = await engine.run(
        'answer-sheets.flatten',
        { photo: photo ?? file, corners, frame: size, marginUnits: 0, pixelsPerUnit: 1 },
        { signal },
      );
      return records.addForm(name, picture, made);
    },
    renameForm: (id, name) => records.renameForm(id, name),
    async setRows(id, rows) {
      await records.setRows(
        id,
        rows.map(({ hasLines: _before, ...row }) => row),
      );
      await flow.readWaiting(id);
    },
    renameRow: (id, rowId, name) => records.renameRow(id, rowId, name),
    async addPages(formId, files) {
      const refused: FormRefusal[] = [];
      for (const file of files) {
        try {
          let page = 0;
          for await (const photo of openPhotos(file)) {
            page++;
            const name = page === 1 ? file.name : `${file.name} ${page}`;
            await records.addPage(formId, photo, name, nextPosition());
          }
        } catch (cause) {
          const failure = asFailure(cause);
          if (failure.code === 'internal') onError(cause);
          refused.push({ name: file.name, failure });
        }
      }
      void flow.readWaiting(formId);
      return refused;
    },
    async readWaiting(formId) {
      if (reading.has(formId)) return;
      reading.add(formId);
      try {
        while (await readNext(formId));
      } catch (cause) {
        onError(cause);
      } finally {
        reading.delete(formId);
      }
    },
    async readAgain(formId, pageId) {
      await records.readAgain(pageId);
      await flow.readWaiting(formId);
    },
    correctBox: (pageId, box, corrected) => records.correctBox(pageId, box, corrected),
    async deletePages(ids) {
      await records.deletePages(ids);
      return () => records.restorePages(ids);
    },
    async deleteForm(id) {
      await records.deleteForm(id);
      return () => records.restoreForm(id);
    },
  };
  return flow;
}

function splitByRow(
  { rows }: Pick<FormRecord, 'rows'>,
  boxes: readonly FormBoxReading[],
): Readonly<Record<string, readonly FormBoxReading[]>> {
  let next = 0;
  return Object.fromEntries(rows.map(({ id, count }) => [id, boxes.slice(next, (next += count))]));
}

/** As wide and high as the longer of its opposite sides say. */
function frameOf([a, b, c, d]: Quad): Size {
  const width = Math.max(Math.hypot(b.x - a.x, b.y - a.y), Math.hypot(c.x - d.x, c.y - d.y));
  const height = Math.max(Math.hypot(d.x - a.x, d.y - a.y), Math.hypot(c.x - b.x, c.y - b.y));
  const scale = longSidePx / Math.max(width, height);
  return { width: Math.round(width * scale), height: Math.round(height * scale) };
}
