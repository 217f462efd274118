import { useTranslation } from 'react-i18next';

import type { DocumentRecord } from '#src/store/records.ts';
import { useFormats } from '#src/ui/use-formats.ts';

/** What a document is called: its name, or when it was made in the reader's language. */
export function useDocumentName(): (document: Pick<DocumentRecord, 'name' | 'createdAt'>) => string {
  const { t } = useTranslation();
  const { moment } = useFormats();
  return ({ name, createdAt }) => (name === '' ? t('library.untitled', { date: moment(createdAt) }) : name);
}
