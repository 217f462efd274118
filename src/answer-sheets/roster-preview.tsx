import { useTranslation } from 'react-i18next';

import { Button } from '#src/ui/controls/button.tsx';
import { Select } from '#src/ui/controls/select.tsx';
import styles from './roster-screen.module.css';
import { type RosterMapping, type RosterRole, rosterRoles } from './roster/guess-columns.ts';
import { type ParsedRoster, type RosterProblem, findRosterProblems, toRoster } from './roster/parse-roster.ts';

interface RosterPreviewProps {
  readonly parsed: ParsedRoster;
  /** Which column is what. */
  readonly mapping: RosterMapping;
  readonly onMapping: (mapping: RosterMapping) => void;
  readonly onKeep: () => void;
}

const shownRows = 8;
const shownProblems = 6;

/** What a class list will be: its columns to put right, its first rows, and what is wrong line by line. */
export function RosterPreview({ parsed, mapping, onMapping, onKeep }: RosterPreviewProps) {
  const { t } = useTranslation();
  const { students } = toRoster(parsed, mapping);
  const problems = findRosterProblems(parsed, mapping);
  const hasName = mapping.lastName !== undefined || mapping.firstName !== undefined || mapping.fullName !== undefined;
  const left = problems.length - shownProblems;

  return (
    <section className={styles.editor} aria-labelledby="roster-preview">
      <h2 id="roster-preview">{t('exams.classes.preview', { count: students.length })}</h2>
      <p className={styles.note}>{t('exams.classes.previewHelp')}</p>
      {!hasName && <p className={styles.caution}>{t('exams.classes.noName')}</p>}
      <div className={styles.scroller}>
        <table className={styles.table}>
          <thead>
            <tr>
              {parsed.columns.map((heading, column) => (
                // Columns are told apart by their place alone.
                // eslint-disable-next-line react/no-array-index-key
                <th key={column} scope="col">
                  <RoleSelect heading={heading} column={column} mapping={mapping} onMapping={onMapping} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody className={styles.read}>
            {parsed.rows.slice(0, shownRows).map((row, index) => (
              <tr key={parsed.lines[index]}>
                {parsed.columns.map((_, column) => (
                  // eslint-disable-next-line react/no-array-index-key
                  <td key={column}>{row[column] ?? ''}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {parsed.rows.length > shownRows && (
        <p className={styles.note}>{t('exams.classes.moreRows', { count: parsed.rows.length - shownRows })}</p>
      )}
      {problems.length > 0 && (
        <div className={styles.caution}>
          <h3>{t('exams.classes.problems')}</h3>
          <ul className={styles.left}>
            {problems.slice(0, shownProblems).map((problem) => (
              <li key={`${problem.line} ${problem.kind}`}>
                <ProblemSentence problem={problem} />
              </li>
            ))}
            {left > 0 && <li>{t('exams.classes.moreProblems', { count: left })}</li>}
          </ul>
        </div>
      )}
      <div className={styles.ways}>
        <Button kind="primary" isDisabled={students.length === 0 || !hasName} onPress={onKeep}>
          {t('exams.classes.save', { count: students.length })}
        </Button>
      </div>
    </section>
  );
}

const unused = 'unused';

interface RoleSelectProps {
  readonly heading: string;
  readonly column: number;
  readonly mapping: RosterMapping;
  readonly onMapping: (mapping: RosterMapping) => void;
}

/** What a column is. A role that another column had goes over to this one. */
function RoleSelect({ heading, column, mapping, onMapping }: RoleSelectProps) {
  const { t } = useTranslation();
  const role = rosterRoles.find((each) => mapping[each] === column);

  function choose(chosen: RosterRole | typeof unused) {
    const others = Object.entries(mapping).filter(([each, at]) => at !== column && each !== chosen);
    onMapping({ ...Object.fromEntries(others), ...(chosen === unused ? {} : { [chosen]: column }) });
  }

  return (
    <Select
      label={heading === '' ? t('exams.classes.column', { number: column + 1 }) : heading}
      value={role ?? unused}
      choices={[
        ...rosterRoles.map((each) => ({ value: each, label: t(`exams.classes.columns.${each}`) })),
        { value: unused, label: t('exams.classes.unused') },
      ]}
      onChange={choose}
    />
  );
}

function ProblemSentence({ problem }: { readonly problem: RosterProblem }) {
  const { t } = useTranslation();
  return t(`exams.classes.problem.${problem.kind}`, {
    line: problem.line,
    number: 'number' in problem ? problem.number : '',
    firstLine: 'firstLine' in problem ? problem.firstLine : 0,
  });
}
