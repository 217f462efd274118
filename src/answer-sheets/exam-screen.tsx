import { useTranslation } from 'react-i18next';

export function ExamScreen() {
  const { t } = useTranslation();
  return <h1>{t('exams.title')}</h1>;
}
