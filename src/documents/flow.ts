/** The one flow of this page over the opened store and the engine. Call `openStore` before. */
import { lockOfTabs } from '#src/engine/background-queue.ts';
import { engine } from '#src/engine/engine.ts';
import { poolSize } from '#src/engine/pool-size.ts';
import { currentRegion } from '#src/regions/regions.ts';
import { documentRecords } from '#src/store/document-records.ts';
import { queueRecords as queueRecordsOf } from '#src/store/queue-records.ts';
import { settingRecords } from '#src/store/setting-records.ts';
import { theStore } from '#src/store/store.ts';
import { admitFile } from './admit-file.ts';
import { type Flow, createFlow } from './create-flow.ts';
import { PageQueue } from './page-queue.ts';

export type { AddedFiles, NewPhoto, Refusal } from './create-flow.ts';

interface OpenFlow {
  readonly flow: Flow;
  readonly queue: PageQueue;
}

let open: OpenFlow | undefined;

let hasAsked = false;

/** Asks the browser, once there is something to lose, not to clear it when the device runs short of space. */
function askToPersist(): void {
  if (hasAsked || !('storage' in navigator)) return;
  hasAsked = true;
  // Where it refuses, everything works as before; only the promise is missing.
  navigator.storage.persist().catch(() => {});
}

function theFlow(): OpenFlow {
  if (open !== undefined) return open;
  const { db } = theStore();
  const queueRecords = queueRecordsOf(db);
  const settings = settingRecords(db);
  const queue = new PageQueue({
    records: queueRecords,
    engine,
    lock: lockOfTabs('papel-page-queue'),
    // The engine keeps one worker of several free for what the user waits for.
    concurrency: Math.max(1, poolSize(navigator) - 1),
    timeoutMs: () => currentRegion().config.limits.processingMs,
    onError: (error) => console.error(error),
  });
  const flow = createFlow({
    records: documentRecords(db),
    queueRecords,
    queue,
    inspect: admitFile,
    firstLook: async () => (await settings.getSettings()).look,
    onKept: askToPersist,
    now: Date.now,
  });
  open = { flow, queue };
  return open;
}

/** The background queue, to start and to watch. */
export function theQueue(): PageQueue {
  return theFlow().queue;
}

export const addPhotos: Flow['addPhotos'] = (input) => theFlow().flow.addPhotos(input);
export const importFiles: Flow['importFiles'] = (input) => theFlow().flow.importFiles(input);
export const replacePhoto: Flow['replacePhoto'] = (id, photo) => theFlow().flow.replacePhoto(id, photo);
export const saveEdits: Flow['saveEdits'] = (id, edits) => theFlow().flow.saveEdits(id, edits);
export const turnPage: Flow['turnPage'] = (id) => theFlow().flow.turnPage(id);
export const applyLook: Flow['applyLook'] = (id, look) => theFlow().flow.applyLook(id, look);
export const orderPages: Flow['orderPages'] = (id, order) => theFlow().flow.orderPages(id, order);
export const movePages: Flow['movePages'] = (ids, to) => theFlow().flow.movePages(ids, to);
export const duplicatePage: Flow['duplicatePage'] = (id) => theFlow().flow.duplicatePage(id);
export const createDocument: Flow['createDocument'] = (name) => theFlow().flow.createDocument(name);
export const renameDocument: Flow['renameDocument'] = (id, name) => theFlow().flow.renameDocument(id, name);
export const deletePages: Flow['deletePages'] = (ids) => theFlow().flow.deletePages(ids);
export const deleteDocuments: Flow['deleteDocuments'] = (ids) => theFlow().flow.deleteDocuments(ids);
export const purgeDeleted: Flow['purgeDeleted'] = () => theFlow().flow.purgeDeleted();
export const stopScanning: Flow['stopScanning'] = () => theFlow().flow.stopScanning();
export const tryAgain: Flow['tryAgain'] = (ids) => theFlow().flow.tryAgain(ids);
