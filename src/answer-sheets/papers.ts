/** What the sheets of an exam come to: one paper a student, with an answer to each question, and what a person has to look at. */
import type { AnswerState } from '#contract/exam-fields.ts';
import type { Question, Student, VersionLetter } from '#contract/exams.ts';

/** An answer after a person's corrections. */
export interface PaperAnswer {
  readonly questionId: string;
  /** In the options of version A where Papel shuffled; else as marked. Points for what is marked by hand. */
  readonly answer: string;
  /** As marked on the paper. */
  readonly marked: string;
  readonly state: AnswerState;
  /** Of its least sure field, 0 to 1; 1 once a person has looked. */
  readonly confidence: number;
  /** Where it was read; absent where the page is missing. */
  readonly sheetId?: string;
  /** A person made something else of it than was read. */
  readonly isCorrected: boolean;
}

/** All pages of one student. */
export interface Paper {
  /** The student's id; `number:<digits>` where no student of the class list has that number; else `sheet:<id>`. */
  readonly key: string;
  readonly student: Student | undefined;
  /** As read, with `?` for a digit that is not sure; empty where there is none. */
  readonly numberRead: string;
  readonly version: VersionLetter;
  /** That count, by page. */
  readonly sheetIds: readonly string[];
  /** Of those that are known to exist; one more where questions are on none of them. */
  readonly missingPages: readonly number[];
  /** One for each question of the exam, in the exam's own order. */
  readonly answers: readonly PaperAnswer[];
}

/**
 * A field that was not read for sure, or that leaves a gap in a number, and is not confirmed yet. The least sure come
 * first in the review.
 */
export interface Doubt {
  readonly sheetId: string;
  readonly label: string;
  readonly question: Question | undefined;
  readonly confidence: number;
}

/** What keeps a sheet from counting, or may be wrong about whose it is. */
export type SheetProblem =
  | {
      readonly kind: 'failed' | 'not-found' | 'other-exam' | 'unknown-page' | 'number-missing';
      readonly sheetId: string;
    }
  /** Read as the only page that fits, without a word of its code: it counts, and a person says that it is of this exam. */
  | {
      readonly kind: 'code-unread';
      readonly sheetId: string;
      readonly page: { readonly version: VersionLetter; readonly page: number };
    }
  /**
   * `proposal`: the one student whose number is a digit away, or the likeliest by what is written in boxes; then with how
   * likely that is, 0 to 1.
   */
  | {
      readonly kind: 'student-unknown';
      readonly sheetId: string;
      readonly numberRead: string;
      readonly proposal: Student | undefined;
      readonly probability?: number;
    }
  /** The number was read, but another student's may just as well be meant; or only the name in its boxes tells. */
  | {
      readonly kind: 'student-likely' | 'student-by-name';
      readonly sheetId: string;
      readonly numberRead: string;
      readonly proposal: Student;
      readonly probability: number;
    }
  /** There is no class list to say which number may be meant. */
  | { readonly kind: 'number-unsure'; readonly sheetId: string; readonly numberRead: string }
  /** The bubbles say one number, the boxes another: the bubbles count until a person decides. */
  | {
      readonly kind: 'boxes-differ';
      readonly sheetId: string;
      readonly marked: string;
      readonly boxed: string;
      readonly students: readonly Student[];
    }
  /** The number is one student's, the name in the boxes surely another's: the number counts until a person decides. */
  | { readonly kind: 'name-differs'; readonly sheetId: string; readonly student: Student; readonly named: Student }
  /** The reader of handwriting was not on this device. */
  | { readonly kind: 'boxes-unread'; readonly sheetId: string }
  /** The code on the sheet names one student, the number marked on it another: the code counts until a person decides. */
  | {
      readonly kind: 'number-differs';
      readonly sheetId: string;
      readonly student: Student;
      readonly numbered: Student;
    }
  /** Pages of several versions from one student. `sheetId` came first and counts, the others don't. */
  | {
      readonly kind: 'versions-differ';
      readonly sheetId: string;
      readonly others: readonly string[];
      readonly student: Student | undefined;
      readonly versions: readonly VersionLetter[];
    }
  /**
   * Several photos of the same page of the same student. `sheetId` came first and counts, the others don't. `differing`:
   * labels of fields that were not read alike; where there are none, nothing has to be done.
   */
  | {
      readonly kind: 'same-page-twice';
      readonly sheetId: string;
      readonly others: readonly string[];
      readonly student: Student | undefined;
      readonly differing: readonly string[];
    };

export interface AssembledExam {
  readonly papers: readonly Paper[];
  readonly doubts: readonly Doubt[];
  readonly problems: readonly SheetProblem[];
  /** Students of the class list without a sheet. */
  readonly absent: readonly Student[];
}

/** `open`: doubtful, missing or not yet marked by hand; nothing is given for it yet. */
export type Verdict = 'right' | 'partial' | 'wrong' | 'blank' | 'open' | 'bonus' | 'cancelled';

export interface QuestionScore {
  readonly questionId: string;
  readonly verdict: Verdict;
  readonly points: number;
  readonly most: number;
}

export interface PaperScore {
  readonly key: string;
  readonly questions: readonly QuestionScore[];
  readonly sections: readonly { readonly id: string; readonly points: number; readonly most: number }[];
  readonly points: number;
  readonly most: number;
  /** 0 to 100, rounded as the exam says; 0 where there is nothing to get. */
  readonly percent: number;
  /** On the exam's scale: a percentage, a transmuted grade, or a band's name. */
  readonly grade: string;
  readonly passed: boolean;
  /** Nothing is open any more. */
  readonly isFinal: boolean;
}
