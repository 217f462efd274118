import { useTranslation } from 'react-i18next';

import type { Exam, Question, QuestionForm } from '#contract/exams.ts';

/** "Single choice, 4 options". */
export function useFormName(): (form: QuestionForm) => string {
  const { t } = useTranslation();
  const inBoxes = (name: string, form: { readonly inBoxes?: boolean }) =>
    form.inBoxes === true ? `${name}, ${t('exams.questions.writtenInBoxes')}` : name;
  return (form) => {
    const kind = t(`exams.kinds.${form.kind}`);
    switch (form.kind) {
      case 'single':
        return inBoxes(`${kind}, ${t('exams.questions.optionCount', { count: form.options })}`, form);
      case 'multiple':
        return `${kind}, ${t('exams.questions.optionCount', { count: form.options })}`;
      case 'matching':
        return `${kind}, ${t('exams.questions.matchingCount', { prompts: form.prompts, options: form.options })}`;
      case 'numeric':
        return inBoxes(`${kind}, ${t('exams.questions.digitCount', { count: form.digits + form.decimals })}`, form);
      case 'rubric':
        return `${kind}, ${t('exams.questions.upTo', { most: form.most })}`;
      default:
        return kind;
    }
  };
}

/** Points, standing, section and tags, as far as there is something to say. */
export function useQuestionFacts(exam: Exam): (question: Question) => readonly string[] {
  const { t } = useTranslation();
  return ({ points, standing, section, tags }) =>
    [
      t('exams.questions.pointCount', { count: points }),
      standing === 'counts' ? '' : t(`exams.standings.${standing}`),
      exam.sections.find(({ id }) => id === section)?.name ?? '',
      tags.join(', '),
    ].filter((fact) => fact !== '');
}
