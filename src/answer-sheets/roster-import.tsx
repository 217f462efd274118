import { fileOpen } from 'browser-fs-access';
import { FileUp, PencilLine } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';

import type { Roster } from '#contract/exams.ts';
import { asFailure } from '#contract/failures.ts';
import { Button } from '#src/ui/controls/button.tsx';
import { TextArea, TextField } from '#src/ui/controls/text-field.tsx';
import { showToast } from '#src/ui/controls/toast.tsx';
import { failureSentence } from '#src/ui/failure-sentence.ts';
import { changeExam, chooseRoster, saveRoster } from './flow.ts';
import { emptyStudent } from './roster-editor.tsx';
import { fitNumberDigits } from './roster-fit.ts';
import { RosterPreview } from './roster-preview.tsx';
import styles from './roster-screen.module.css';
import type { RosterMapping } from './roster/guess-columns.ts';
import { type ParsedRoster, parseRoster, toRoster } from './roster/parse-roster.ts';

/** A first handful of rows to type into. */
const rowsToType = 5;

/** A class list from a file, from the clipboard or by hand. Nothing is kept before it was looked at. */
export function RosterImport({ examId }: { readonly examId: string | undefined }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [name, setName] = useState('');
  const [pasted, setPasted] = useState('');
  const [parsed, setParsed] = useState<ParsedRoster>();
  const [mapping, setMapping] = useState<RosterMapping>({});
  const [problem, setProblem] = useState<string>();

  function show(input: Uint8Array | string) {
    const next = parseRoster(input);
    setParsed(next.rows.length === 0 ? undefined : next);
    setMapping(next.guess);
    setProblem(undefined);
    return next.rows.length > 0;
  }

  async function openFile() {
    let fileName = '';
    try {
      const file = await fileOpen({
        description: 'CSV, TXT',
        mimeTypes: ['text/csv', 'text/plain'],
        extensions: ['.csv', '.txt', '.tsv'],
        id: 'papel-roster',
      });
      fileName = file.name;
      if (!show(new Uint8Array(await file.arrayBuffer()))) setProblem(t('exams.classes.emptyFile', { name: fileName }));
      setPasted('');
      if (name === '') setName(fileName.replace(/\.[^.]*$/, '').slice(0, 80));
    } catch (cause) {
      const failure = asFailure(cause);
      if (failure.code !== 'cancelled') setProblem(failureSentence(t, failure, fileName));
    }
  }

  async function keep(roster: Pick<Roster, 'students'>) {
    const listName = name.trim() === '' ? t('exams.classes.unnamed') : name.trim();
    try {
      const rosterId = await saveRoster(undefined, { name: listName, students: [...roster.students] });
      if (examId !== undefined) {
        await chooseRoster(examId, rosterId);
        await changeExam(examId, (exam) => {
          const fitting = fitNumberDigits(exam, roster.students);
          return exam.className === '' ? { ...fitting, className: listName } : fitting;
        });
      }
      return rosterId;
    } catch (cause) {
      console.error(cause);
      showToast({ text: t(asFailure(cause).code === 'storage-full' ? 'exams.notKeptFull' : 'exams.notKept') });
      return undefined;
    }
  }

  async function keepParsed(list: ParsedRoster) {
    const rosterId = await keep(toRoster(list, mapping));
    if (rosterId === undefined) return;
    await navigate(examId === undefined ? `/sheets/classes/${rosterId}` : `/sheets/${examId}/design`);
  }

  async function typeByHand() {
    const rosterId = await keep({ students: Array.from({ length: rowsToType }, emptyStudent) });
    if (rosterId === undefined) return;
    await navigate(`/sheets/classes/${rosterId}${examId === undefined ? '' : `?exam=${examId}`}`);
  }

  return (
    <div className={styles.editor}>
      <p>{t('exams.classes.help')}</p>
      <TextField
        label={t('exams.classes.name')}
        value={name}
        maxLength={80}
        placeholder={t('exams.classes.nameExample')}
        onChange={setName}
      />
      <div className={styles.ways}>
        <Button icon={FileUp} onPress={() => void openFile()}>
          {t('exams.classes.file')}
        </Button>
        <Button icon={PencilLine} onPress={() => void typeByHand()}>
          {t('exams.classes.byHand')}
        </Button>
      </div>
      <TextArea
        label={t('exams.classes.paste')}
        value={pasted}
        rows={parsed === undefined ? 6 : 3}
        placeholder={t('exams.classes.pasteExample')}
        onChange={(text) => {
          setPasted(text);
          show(text);
        }}
      />
      {problem !== undefined && (
        <p className={styles.problem} role="alert">
          {problem}
        </p>
      )}
      {parsed !== undefined && (
        <RosterPreview
          parsed={parsed}
          mapping={mapping}
          onMapping={setMapping}
          onKeep={() => void keepParsed(parsed)}
        />
      )}
    </div>
  );
}
