/** What the QR code of a sheet says: which exam, version and page it is, and whose where it was printed for a student. */
import { versionLetters, type VersionLetter } from './exams.ts';

export interface SheetIdentity {
  /** The exam's code: 8 characters of Crockford's base 32. It tells exams apart and nothing else. */
  readonly exam: string;
  readonly version: VersionLetter;
  /** From 1. */
  readonly page: number;
  /** The student's number, where the sheet was printed for one. Never a name. */
  readonly student?: string;
}

/** Capital letters, digits and `:` only, which a QR code packs into 11 bits a pair (ISO/IEC 18004, alphanumeric mode). */
const pattern = /^PAPEL1:([0-9A-HJKMNP-TV-Z]{8}):([A-D])(\d{1,3})(?::([0-9A-Z $%*+\-./]{1,20}))?$/;

export function formatSheetCode({ exam, version, page, student }: SheetIdentity): string {
  const whose = student === undefined ? '' : `:${student}`;
  return `PAPEL1:${exam}:${version}${page}${whose}`;
}

/** @returns `undefined` for any other code, such as one on a poster behind the sheet. */
export function parseSheetCode(code: string): SheetIdentity | undefined {
  const [, exam, letter, page, student] = pattern.exec(code) ?? [];
  const version = versionLetters.find((candidate) => candidate === letter);
  if (exam === undefined || version === undefined || page === undefined) return undefined;
  const identity = { exam, version, page: Number(page) };
  return student === undefined ? identity : { ...identity, student };
}

/** Whether a student's number can stand in the code. */
export function fitsSheetCode(student: string): boolean {
  return /^[0-9A-Z $%*+\-./]{1,20}$/.test(student);
}
