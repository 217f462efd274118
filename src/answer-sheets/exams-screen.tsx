import { useTranslation } from 'react-i18next';

export function ExamsScreen() {
  const { t } = useTranslation();
  return <h1>{t('exams.title')}</h1>;
}
