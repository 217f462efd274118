/** What the camera saw and since when: words and times, never a picture. */
import type { Sight } from './presence-watch.ts';

/** `paused` is that nobody looked at the page or that the camera was not there. */
export type LoggedSight = Sight | 'paused';

export interface LogEntry {
  readonly sight: LoggedSight;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** The log with what is seen now, if that is news. */
export function note(log: readonly LogEntry[], sight: LoggedSight, at: number): readonly LogEntry[] {
  return log.at(-1)?.sight === sight ? log : [...log, { sight, at }];
}

export interface LogLine {
  readonly sight: LoggedSight;
  readonly at: number;
  readonly seconds: number;
}

/** Each entry with how long it lasted: until the next one, or until now. */
export function linesOf(log: readonly LogEntry[], now: number): LogLine[] {
  return log.map(({ sight, at }, index) => ({
    sight,
    at,
    seconds: Math.max(0, Math.round(((log[index + 1]?.at ?? now) - at) / 1000)),
  }));
}

/** `2026-11-27 14:05:09` on the clock on the wall, which spreadsheets take for a time. */
function localTime(at: number): string {
  const local = new Date(at - new Date(at).getTimezoneOffset() * 60_000).toISOString();
  return local.slice(0, 19).replace('T', ' ');
}

interface LogWords {
  readonly time: string;
  readonly what: string;
  readonly seconds: string;
  readonly sentences: Readonly<Record<LoggedSight, string>>;
}

/** A table for spreadsheets: RFC 4180, with the mark by which Excel knows UTF-8. */
export function writeLogCsv(lines: readonly LogLine[], words: LogWords): string {
  const rows = [
    [words.time, words.what, words.seconds],
    ...lines.map(({ at, sight, seconds }) => [localTime(at), words.sentences[sight], String(seconds)]),
  ];
  return `\uFEFF${rows.map((row) => row.map(quote).join(',')).join('\r\n')}\r\n`;
}

function quote(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
