import { ChevronRight, ScanLine } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';

import { Button } from '#src/ui/controls/button.tsx';
import { useFormats } from '#src/ui/use-formats.ts';
import { useTitle } from '#src/ui/use-title.ts';
import styles from './text-tool-screen.module.css';
import { type DocumentState, useDocumentStates } from './use-texts.ts';

/** The tool "Read text": of which document. */
export function TextToolScreen() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const documents = useDocumentStates();
  useTitle(t('tools.readText.title'));
  return (
    <div className={styles.screen}>
      <h1>{t('tools.readText.title')}</h1>
      {documents !== undefined && (
        <>
          <p className={styles.help}>{documents.length === 0 ? t('text.tool.empty') : t('text.tool.choose')}</p>
          <ul className={styles.documents}>
            {documents.map((state) => (
              <Row key={state.document.id} state={state} />
            ))}
          </ul>
          <div>
            <Button icon={ScanLine} onPress={() => void navigate('/scan')}>
              {t('app.welcome.scan')}
            </Button>
          </div>
        </>
      )}
    </div>
  );
}

function Row({ state: { document, pages, readPages } }: { readonly state: DocumentState }) {
  const { t } = useTranslation();
  const { moment } = useFormats();
  const name = document.name === '' ? t('library.untitled', { date: moment(document.createdAt) }) : document.name;
  return (
    <li>
      <Link
        className={styles.document ?? ''}
        to={`/documents/${document.id}/text${readPages === 0 && pages > 0 ? '?read' : ''}`}
      >
        <span className={styles.words}>
          <span className={styles.name}>{name}</span>
          <span className={styles.help}>
            {t('library.pages', { count: pages })} · {t('text.tool.read', { count: readPages })}
          </span>
        </span>
        <ChevronRight size={20} aria-hidden />
      </Link>
    </li>
  );
}
