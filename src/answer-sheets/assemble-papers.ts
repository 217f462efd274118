/** Sheets become papers: whose each is, which of them count, and what every question was answered with. */
import { findVersion } from '#contract/exam-fields.ts';
import type { Exam, ExamVersion, Roster, VersionLetter } from '#contract/exams.ts';
import type { ExamRecord, ListedSheet } from '#src/store/records.ts';
import { answerQuestion, labelsOf, type CountingPage } from './assemble-papers-answers.ts';
import { settleFields } from './assemble-papers-fields.ts';
import { doubtsOfNumber, findOwner, judgeOwner, type OwnedPage } from './assemble-papers-owner.ts';
import { groupBy } from './group-by.ts';
import { keepUnchanged } from './keep-unchanged.ts';
import { matchStudents } from './match-students.ts';
import type { AssembledExam, Doubt, Paper, PaperAnswer, SheetProblem } from './papers.ts';

/**
 * Puts the sheets of an exam together.
 *
 * Whose a sheet is says, in this order: a person, the code printed on it, the number marked on it. A number that no
 * student has is never corrected, only proposed for. Of several photos of the same page the first counts.
 *
 * @param sheets of this exam, in any order; those set aside or deleted count nowhere
 * @returns papers in the order of the class list, then by number, then as they came
 */
export function assemblePapers(
  record: ExamRecord,
  roster: Roster | undefined,
  sheets: readonly ListedSheet[],
): AssembledExam {
  const { exam } = record;
  const owners = { matcher: matchStudents(roster), roster, rosterSign: JSON.stringify(roster?.students) };
  const problems: SheetProblem[] = [];
  const pages: OwnedPage[] = [];
  for (const sheet of sheets.toSorted(byArrival)) {
    if (sheet.isSetAside || sheet.deletedAt !== undefined) continue;
    const page = readSheet(record, sheet);
    if (page === 'waiting') continue;
    if (typeof page === 'string') problems.push({ kind: page, sheetId: sheet.id });
    else pages.push(findOwner(page, owners));
    if (typeof page !== 'string' && exam.origin === 'own' && lacksWord(sheet))
      problems.push({
        kind: 'code-unread',
        sheetId: sheet.id,
        page: { version: page.version.letter, page: page.page },
      });
  }
  const present = new Set(pages.map(({ key }) => key));
  for (const page of pages) problems.push(...judgeOwner(page, { ...owners, exam, present }));

  const lastPage = Math.max(0, ...pages.map(({ page }) => page));
  const answer = answererOf(exam);
  const doubts: Doubt[] = [];
  const papers = [...groupBy(pages, ({ key }) => key).values()].flatMap((own) => {
    const counting = chooseCounting(own, problems);
    const [first] = counting;
    if (first === undefined) return [];
    const { answers, doubts: ofAnswers } = answer(first, counting);
    doubts.push(...ofAnswers);
    for (const page of counting) doubts.push(...doubtsOfNumber(page));
    const isUnread = answers.some(({ state }) => state === 'missing');
    return [
      {
        key: first.key,
        student: first.student,
        numberRead: first.numberRead,
        version: first.version.letter,
        sheetIds: counting.map(({ sheet }) => sheet.id),
        missingPages: findMissingPages(counting, lastPage, isUnread),
        answers,
      } satisfies Paper,
    ];
  });
  return {
    papers: orderPapers(papers, roster),
    doubts: doubts.toSorted((a, b) => a.confidence - b.confidence),
    problems,
    absent: (roster?.students ?? []).filter(({ id }) => !present.has(id)),
  };
}

interface PaperAnswers {
  readonly answers: readonly PaperAnswer[];
  readonly doubts: readonly Doubt[];
}

const keepAnswers = keepUnchanged<PaperAnswers>();

/** Answers all questions of an exam from the pages of one paper. */
function answererOf(exam: Exam): (first: OwnedPage, pages: readonly OwnedPage[]) => PaperAnswers {
  const labels = new Map(exam.questions.map((question) => [question.id, labelsOf(exam, question)]));
  // The store gives a new copy of the exam with every change of a sheet.
  const { questions, versions, shuffledBy, look } = exam;
  const asked = JSON.stringify([questions, versions, shuffledBy, look.optionSigns]);
  return (first, pages) =>
    keepAnswers(first.sheet, [asked, ...pages.map(({ sheet }) => sheet)], () => {
      const doubts: Doubt[] = [];
      const answers = questions.map((question) => {
        const { answer, doubtful } = answerQuestion(
          exam,
          question,
          labels.get(question.id) ?? [],
          first.version,
          pages,
        );
        for (const label of doubtful) {
          const page = pages.find(({ fields }) => fields.has(label));
          const confidence = page?.fields.get(label)?.confidence ?? 0;
          if (page !== undefined) doubts.push({ sheetId: page.sheet.id, label, question, confidence });
        }
        return answer;
      });
      return { answers, doubts };
    });
}

/** Nothing but its bubbles says which exam it is of, and another exam's may lie alike. */
function lacksWord({ identity, readAsByHand }: ListedSheet): boolean {
  return identity === undefined && readAsByHand === undefined;
}

/** Pages of one file came at the same time; their place in the line is their order in it. */
function byArrival(a: ListedSheet, b: ListedSheet): number {
  return a.createdAt - b.createdAt || a.queuePosition - b.queuePosition || (a.id < b.id ? -1 : 1);
}

/** A sheet that was read before and waits to be read again counts as it was. */
function readSheet(
  { code, exam }: ExamRecord,
  sheet: ListedSheet,
):
  | (CountingPage & { readonly version: ExamVersion })
  | 'waiting'
  | 'failed'
  | 'other-exam'
  | 'unknown-page'
  | 'not-found' {
  const readAs = sheet.readAsByHand ?? sheet.readAs;
  if (sheet.reading?.found === true && readAs !== undefined) {
    const version = findVersion(exam, readAs.version);
    if (version === undefined) return 'unknown-page';
    return { sheet, page: readAs.page, version, fields: settleFields(sheet) };
  }
  if (sheet.state === 'failed') return 'failed';
  if (sheet.state !== 'read') return 'waiting';
  if (sheet.identity !== undefined && sheet.identity.exam !== code && sheet.readAsByHand === undefined)
    return 'other-exam';
  return readAs === undefined ? 'unknown-page' : 'not-found';
}

/** Of one student's pages those that count, by page: of the version that came first, and of each page the first photo. */
function chooseCounting(own: readonly OwnedPage[], problems: SheetProblem[]): readonly OwnedPage[] {
  const [first] = own;
  if (first === undefined) return [];
  const { student } = first;
  const isOfVersion = ({ version }: OwnedPage) => version.letter === first.version.letter;
  const others = own.filter((page) => !isOfVersion(page));
  if (others.length > 0) {
    const versions: readonly VersionLetter[] = [...new Set(own.map(({ version }) => version.letter))];
    problems.push({ kind: 'versions-differ', sheetId: first.sheet.id, others: idsOf(others), student, versions });
  }
  return [...groupBy(own.filter(isOfVersion), ({ page }) => page).values()]
    .flatMap(([kept, ...later]) => {
      if (kept === undefined) return [];
      if (later.length > 0) {
        const differing = [...new Set(later.flatMap((page) => listDiffering(kept, page)))];
        problems.push({ kind: 'same-page-twice', sheetId: kept.sheet.id, others: idsOf(later), student, differing });
      }
      return [kept];
    })
    .toSorted((a, b) => a.page - b.page);
}

function idsOf(pages: readonly OwnedPage[]): readonly string[] {
  return pages.map(({ sheet }) => sheet.id);
}

function listDiffering(a: CountingPage, b: CountingPage): readonly string[] {
  return [...a.fields.values()].flatMap(({ label, value }) => (b.fields.get(label)?.value === value ? [] : [label]));
}

function findMissingPages(pages: readonly CountingPage[], lastPage: number, isUnread: boolean): readonly number[] {
  const there = new Set(pages.map(({ page }) => page));
  const missing = Array.from({ length: lastPage }, (_, at) => at + 1).filter((page) => !there.has(page));
  return missing.length === 0 && isUnread ? [lastPage + 1] : missing;
}

function orderPapers(papers: readonly Paper[], roster: Roster | undefined): readonly Paper[] {
  const places = new Map(roster?.students.map(({ id }, place) => [id, place]));
  const placeOf = ({ key }: Paper) => places.get(key) ?? Infinity;
  return papers.toSorted((a, b) => {
    const [first, second] = [placeOf(a), placeOf(b)];
    if (first !== second) return first - second;
    if (a.numberRead === '' || b.numberRead === '') return Number(a.numberRead === '') - Number(b.numberRead === '');
    return byNumber.compare(a.numberRead, b.numberRead);
  });
}

const byNumber = new Intl.Collator('en', { numeric: true });
