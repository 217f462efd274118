import { Dexie, type DexieOptions, type Table } from 'dexie';

import type {
  BlobRecord,
  DocumentRecord,
  ExamRecord,
  FormPageRecord,
  FormRecord,
  PageRecord,
  RosterRecord,
  SettingRecord,
  TextRecord,
} from './records.ts';
import type { StoredSheet } from './store-sheets.ts';

/**
 * The one database. A change of shape is a new `version(n)` with its `upgrade`, below the older ones, which stay:
 * a device may come from any of them.
 */
export class PapelDatabase extends Dexie {
  readonly documents: Table<DocumentRecord, string>;
  readonly pages: Table<PageRecord, string>;
  readonly blobs: Table<BlobRecord, string>;
  readonly settings: Table<SettingRecord, string>;
  readonly exams: Table<ExamRecord, string>;
  readonly rosters: Table<RosterRecord, string>;
  readonly sheets: Table<StoredSheet, string>;
  readonly texts: Table<TextRecord, string>;
  readonly forms: Table<FormRecord, string>;
  readonly formPages: Table<FormPageRecord, string>;

  /** @param name another one than the app's only where several live side by side, as in tests. */
  constructor(options?: DexieOptions, name = 'papel') {
    super(name, options);
    this.version(1).stores({
      documents: 'id',
      pages: 'id, documentId, [state+queuePosition], source.id',
      blobs: 'key',
      settings: 'key',
    });
    this.version(2).stores({
      exams: 'id, code',
      rosters: 'id',
      // `[examId+state]` is for counts, which must not read the sheets: a reading is some 50 kB.
      sheets:
        'id, examId, [examId+state], [examId+digest], [state+queuePosition], source.id, deletedAt, changedAt, [examId+changedAt]',
    });
    this.version(3).stores({ texts: 'id, [state+queuePosition], *terms' });
    this.version(4).stores({ forms: 'id', formPages: 'id, formId' });
    this.documents = this.table('documents');
    this.pages = this.table('pages');
    this.blobs = this.table('blobs');
    this.settings = this.table('settings');
    this.exams = this.table('exams');
    this.rosters = this.table('rosters');
    this.sheets = this.table('sheets');
    this.texts = this.table('texts');
    this.forms = this.table('forms');
    this.formPages = this.table('formPages');
  }
}
