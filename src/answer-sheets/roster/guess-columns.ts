/** What the columns of a class list are, told by their headings, or by what is in them. */

export const rosterRoles = ['number', 'lastName', 'firstName', 'fullName', 'section'] as const;
export type RosterRole = (typeof rosterRoles)[number];

/** The column of each role, from 0; a role without one is not in the list. */
export type RosterMapping = Readonly<Partial<Record<RosterRole, number>>>;

/** As schools write them in English and Filipino; what is surest comes first. Letters only, lower case. */
const headings: Readonly<Record<RosterRole, readonly string[]>> = {
  number: [
    'lrn, learner reference number, student number, student no, student num, student id, id number, learner number',
    'learner id, school id, upn, uln, usn, candidate number, candidate no, cand no, admission number, admission no, adm no',
    'exam number, exam no, roll number, roll no, pupil id, numero ng mag aaral, bilang ng mag aaral, id no, id, number',
    'numero, student, no, bilang, blg',
  ].flatMap(listed),
  lastName: listed('last name, lastname, surname, family name, legal surname, preferred surname, apelyido, last'),
  firstName: [
    'first name, firstname, given name, given names, forename, forenames, preferred forename, legal forename',
    'preferred name, unang pangalan, first, pangalan',
  ].flatMap(listed),
  fullName: [
    'full name, fullname, student name, name of student, learner name, learners name, name of learner, pupil name',
    'name of pupil, candidate name, buong pangalan, pangalan ng mag aaral, name, names, pangalan, student, learner, pupil',
  ].flatMap(listed),
  section: [
    'section, grade and section, grade section, year and section, class, class name, seksyon, seksiyon, pangkat',
    'baitang at pangkat, baitang at seksyon, form, form group, tutor group, reg group, registration group, homeroom',
    'home group, group, klase',
  ].flatMap(listed),
};

function listed(names: string): readonly string[] {
  return names.split(', ');
}

function plainHeading(cell: string): string {
  return cell
    .replaceAll(/\([^)]*\)/g, ' ')
    .normalize('NFD')
    .replaceAll(/\p{M}|['’]/gu, '')
    .toLowerCase()
    .replaceAll('#', ' no ')
    .replaceAll(/[^\p{L}]+/gu, ' ')
    .trim();
}

const knownHeadings = new Set(Object.values(headings).flat());

/** School forms have a title or two above: so many lines are looked at. */
const mostLinesAbove = 12;

/** @returns the row of headings; -1 where there is none */
export function findHeadings(rows: readonly (readonly string[])[]): number {
  const known = rows
    .slice(0, mostLinesAbove)
    .map((row) => row.filter((cell) => knownHeadings.has(plainHeading(cell))).length);
  const most = Math.max(0, ...known);
  return most === 0 ? -1 : known.indexOf(most);
}

/** By headings alone. `Pangalan` is a first name beside `Apelyido`, and a full name without. */
export function guessByHeadings(row: readonly string[]): RosterMapping {
  const plain = row.map((cell) => plainHeading(cell));
  const mapping: Partial<Record<RosterRole, number>> = {};
  const taken = new Set<number>();
  const find = (role: RosterRole) => {
    for (const heading of headings[role]) {
      const column = plain.findIndex((cell, at) => cell === heading && !taken.has(at));
      if (column === -1) continue;
      mapping[role] = column;
      taken.add(column);
      return;
    }
  };
  const hasLastName = plain.some((cell) => headings.lastName.includes(cell));
  // `Student` is a name beside `Student ID`, and a number beside `Name`: what has a name of its own comes first.
  for (const role of hasLastName ? (['lastName', 'firstName', 'section'] as const) : (['fullName', 'section'] as const))
    find(role);
  find('number');
  return mapping;
}

const isNumber = (cell: string) => /^[\d][\d\- ]{0,19}$/.test(cell);
const isName = (cell: string) => /\p{L}{2}/u.test(cell) && !/\d/.test(cell);

/** A column is of a kind when nearly all that is in it is. */
const mostly = 0.8;

/** By what is in the columns, where nothing says what they are. */
export function guessByContent(rows: readonly (readonly string[])[]): RosterMapping {
  const width = Math.max(0, ...rows.map((row) => row.length));
  const columns = Array.from({ length: width }, (_, at) => {
    const cells = rows.map((row) => row[at] ?? '').filter((cell) => cell !== '');
    const share = (test: (cell: string) => boolean) =>
      cells.length === 0 ? 0 : cells.filter((cell) => test(cell)).length / cells.length;
    return {
      at,
      numbers: share(isNumber),
      names: share(isName),
      commas: share((cell) => cell.includes(',')),
      spaces: share((cell) => cell.includes(' ')),
      distinct: new Set(cells).size / Math.max(1, cells.length),
      isCount: cells.every((cell, index) => Number(cell) === index + 1),
    };
  });
  const numbers = columns.filter((column) => column.numbers >= mostly && column.distinct >= mostly);
  const number = numbers.find(({ isCount }) => !isCount) ?? numbers[0];
  // Names differ; what most students share is their section.
  const isShared = rows.length >= 4 ? ({ distinct }: { distinct: number }) => distinct <= 0.5 : () => false;
  const names = columns.filter((column) => column.names >= mostly && !isShared(column));
  const section = columns.find(
    (column) => column !== number && !names.includes(column) && isShared(column) && column.numbers < 1,
  );
  const [first, second] = names;
  const isFull = first !== undefined && (first.commas >= mostly || second === undefined);
  return {
    ...(number === undefined ? {} : { number: number.at }),
    ...(section === undefined ? {} : { section: section.at }),
    ...(first === undefined
      ? {}
      : isFull
        ? { fullName: first.at }
        : { lastName: first.at, ...(second === undefined ? {} : { firstName: second.at }) }),
  };
}
