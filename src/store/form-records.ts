/** Forms with boxes to read, and their filled pages. */
import type { FormBoxReading, FormPageReading } from '#contract/handwriting.ts';
import type { Failure } from '#contract/failures.ts';
import type { Size } from '#contract/images.ts';

import type { PapelDatabase } from './database.ts';
import { type FormPageRecord, type FormRecord, type FormRow, blobKey, newId, referenceKey } from './records.ts';
import { isThere, wasDeletedBefore, withDeletion, withoutDeletion } from './soft-deletion.ts';
import { withStorageFailures } from './storage-failure.ts';

export type FormRecords = ReturnType<typeof formRecords>;

/** `now` is read once for each change. */
export function formRecords(db: PapelDatabase, now: () => number = Date.now) {
  const write = <T>(work: () => Promise<T>): Promise<T> =>
    withStorageFailures(() => db.transaction('rw', db.forms, db.formPages, db.blobs, work));

  const changePage = (id: string, change: (page: FormPageRecord) => FormPageRecord): Promise<void> =>
    write(async () => {
      const page = await db.formPages.get(id);
      if (isThere(page)) await db.formPages.put(change(page));
    });

  return {
    /** Forms that are not deleted, in no order. */
    listForms: (): Promise<FormRecord[]> =>
      withStorageFailures(() => db.forms.filter((form) => isThere(form)).toArray()),

    getForm: (id: string): Promise<FormRecord | undefined> =>
      withStorageFailures(async () => {
        const form = await db.forms.get(id);
        return isThere(form) ? form : undefined;
      }),

    getPicture: (id: string): Promise<Blob | undefined> =>
      withStorageFailures(async () => (await db.blobs.get(referenceKey(id)))?.blob),

    /** A new form with the flat picture of its page. Returns its id. */
    addForm: (name: string, picture: Blob, size: Size): Promise<string> =>
      write(async () => {
        const id = newId();
        const at = now();
        await db.blobs.add({ key: referenceKey(id), blob: picture });
        await db.forms.add({ id, name, size, rows: [], revision: 0, createdAt: at, updatedAt: at });
        return id;
      }),

    renameForm: (id: string, name: string): Promise<void> =>
      write(async () => {
        const form = await db.forms.get(id);
        if (isThere(form)) await db.forms.put({ ...form, name, updatedAt: now() });
      }),

    /** Other rows than before; pages are then read again. */
    setRows: (id: string, rows: readonly FormRow[]): Promise<void> =>
      write(async () => {
        const form = await db.forms.get(id);
        if (isThere(form)) await db.forms.put({ ...form, rows, revision: form.revision + 1, updatedAt: now() });
      }),

    /** What a column is called says nothing of what is in it: no page is read again. */
    renameRow: (id: string, rowId: string, name: string): Promise<void> =>
      write(async () => {
        const form = await db.forms.get(id);
        if (!isThere(form)) return;
        const rows = form.rows.map((row) => (row.id === rowId ? { ...row, name } : row));
        await db.forms.put({ ...form, rows, updatedAt: now() });
      }),

    /** Notes which rows have printed lines, unless the rows were changed meanwhile. */
    noteLines: (id: string, revision: number, hasLines: ReadonlyMap<string, boolean>): Promise<void> =>
      write(async () => {
        const form = await db.forms.get(id);
        if (!isThere(form) || form.revision !== revision) return;
        await db.forms.put({
          ...form,
          rows: form.rows.map((row) => ({ ...row, hasLines: hasLines.get(row.id) ?? false })),
        });
      }),

    /** Pages of a form in the order in which they came. */
    listPages: (formId: string): Promise<FormPageRecord[]> =>
      withStorageFailures(async () =>
        (await db.formPages.where('formId').equals(formId).toArray())
          .filter((page) => isThere(page))
          .toSorted((a, b) => a.createdAt - b.createdAt),
      ),

    countPages: (formId: string): Promise<number> =>
      withStorageFailures(() =>
        db.formPages
          .where('formId')
          .equals(formId)
          .filter((page) => isThere(page))
          .count(),
      ),

    /** The first page of the form that waits, or was read with other boxes. */
    nextPage: (formId: string): Promise<FormPageRecord | undefined> =>
      withStorageFailures(async () => {
        const form = await db.forms.get(formId);
        if (!isThere(form)) return undefined;
        const pages = await db.formPages.where('formId').equals(formId).sortBy('createdAt');
        return pages.find(
          (page) =>
            isThere(page) && page.state !== 'failed' && (page.state === 'waiting' || page.revision !== form.revision),
        );
      }),

    getPhoto: (pageId: string): Promise<Blob | undefined> =>
      withStorageFailures(async () => (await db.blobs.get(blobKey(pageId, 'original')))?.blob),

    getFlatPage: (pageId: string): Promise<Blob | undefined> =>
      withStorageFailures(async () => (await db.blobs.get(blobKey(pageId, 'result')))?.blob),

    /** Photos are kept before anything is done with them. `position` orders those that come at the same time. */
    addPage: (formId: string, photo: Blob, fileName: string, position: number): Promise<void> =>
      write(async () => {
        if (!isThere(await db.forms.get(formId))) return;
        const id = newId();
        await db.blobs.add({ key: blobKey(id, 'original'), blob: photo });
        await db.formPages.add({ id, formId, fileName, state: 'waiting', corrections: {}, createdAt: position });
      }),

    keepReading: (
      pageId: string,
      revision: number,
      boxes: Readonly<Record<string, readonly FormBoxReading[]>>,
      { page: flat }: Pick<FormPageReading, 'page'>,
    ): Promise<void> =>
      write(async () => {
        const page = await db.formPages.get(pageId);
        if (!isThere(page)) return;
        const { failure: _before, ...others } = page;
        await db.blobs.put({ key: blobKey(pageId, 'result'), blob: flat });
        await db.formPages.put({ ...others, state: 'read', revision, boxes });
      }),

    keepFailure: (pageId: string, failure: Failure): Promise<void> =>
      changePage(pageId, (page) => ({ ...page, state: 'failed', failure })),

    readAgain: (pageId: string): Promise<void> =>
      changePage(pageId, ({ failure: _before, ...page }) => ({ ...page, state: 'waiting' })),

    /** `undefined` takes a correction back. */
    correctBox: (pageId: string, box: string, corrected: string | undefined): Promise<void> =>
      changePage(pageId, (page) => {
        const { [box]: _before, ...others } = page.corrections;
        return { ...page, corrections: corrected === undefined ? others : { ...others, [box]: corrected } };
      }),

    deletePages: (ids: readonly string[]): Promise<void> =>
      write(async () => {
        const at = now();
        const pages = (await db.formPages.bulkGet([...ids])).filter((page) => isThere(page));
        await db.formPages.bulkPut(pages.map((page) => withDeletion(page, at)));
      }),

    restorePages: (ids: readonly string[]): Promise<void> =>
      write(async () => {
        const pages = (await db.formPages.bulkGet([...ids])).filter((page) => page !== undefined);
        await db.formPages.bulkPut(pages.map((page) => withoutDeletion(page)));
      }),

    deleteForm: (id: string): Promise<void> =>
      write(async () => {
        const form = await db.forms.get(id);
        if (isThere(form)) await db.forms.put(withDeletion(form, now()));
      }),

    restoreForm: (id: string): Promise<void> =>
      write(async () => {
        const form = await db.forms.get(id);
        if (form !== undefined) await db.forms.put(withoutDeletion(form));
      }),

    /** Takes away for good what was deleted before this time, and all that belongs to it. */
    purge: (deletedBefore: number): Promise<void> =>
      write(async () => {
        const forms = await db.forms.filter((form) => wasDeletedBefore(form, deletedBefore)).primaryKeys();
        const gone = new Set(forms);
        const pages = await db.formPages
          .filter((page) => gone.has(page.formId) || wasDeletedBefore(page, deletedBefore))
          .primaryKeys();
        await db.forms.bulkDelete(forms);
        await db.formPages.bulkDelete(pages);
        await db.blobs.bulkDelete([
          ...forms.map(referenceKey),
          ...pages.flatMap((id) => [blobKey(id, 'original'), blobKey(id, 'result')]),
        ]);
      }),
  };
}
