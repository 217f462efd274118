import { Download, ScanText } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { type TextLanguage, textLanguages } from '#contract/text.ts';
import { useRegion } from '#src/regions/regions.ts';
import type { DocumentRecord } from '#src/store/records.ts';
import { Button } from '#src/ui/controls/button.tsx';
import { Sheet } from '#src/ui/controls/dialog.tsx';
import { useFormats } from '#src/ui/use-formats.ts';
import { askFor, setLanguages } from './flow.ts';
import { countMissingBytes } from './reading-cost.ts';
import styles from './reading-sheet.module.css';
import type { ReadPage } from './use-texts.ts';
import { languageCodes, usualLanguages } from './usual-languages.ts';

interface ReadingSheetProps {
  readonly document: DocumentRecord;
  readonly pages: readonly ReadPage[];
  readonly onClose: () => void;
}

/** More languages make each word a choice among more letters: slower, and with more mistakes. */
const mostLanguages = 3;

/** What is to be read, in which languages, and what has to be fetched for it. */
export function ReadingSheet({ document, pages, onClose }: ReadingSheetProps) {
  const { t } = useTranslation();
  const { config } = useRegion();
  const [languages, setChosen] = useState(document.textLanguages ?? usualLanguages(config));
  const unread = pages.filter(({ text }) => text?.reading === undefined);
  // Pages that were read already are read again only where none is left.
  const asked = unread.length > 0 && languages === document.textLanguages ? unread : pages;

  async function read() {
    await setLanguages(document.id, languages);
    await askFor(asked.map(({ page }) => page.id));
    onClose();
  }

  return (
    <Sheet
      title={t('text.readTitle')}
      isOpen
      onOpenChange={onClose}
      actions={
        <Button kind="primary" icon={ScanText} isDisabled={languages.length === 0} onPress={() => void read()}>
          {t(unread.length === 0 ? 'text.readPagesAgain' : 'text.readPages', { count: asked.length })}
        </Button>
      }
    >
      <LanguageChoice languages={languages} onChange={setChosen} />
      <Cost languages={languages} />
    </Sheet>
  );
}

interface LanguageChoiceProps {
  readonly languages: readonly TextLanguage[];
  readonly onChange: (languages: readonly TextLanguage[]) => void;
}

function LanguageChoice({ languages, onChange }: LanguageChoiceProps) {
  const { t, i18n } = useTranslation();
  const { size } = useFormats();
  const names = new Intl.DisplayNames(i18n.language, { type: 'language' });
  const isFull = languages.length >= mostLanguages;
  const option = (code: TextLanguage) => {
    const language = textLanguages[code];
    const isChosen = languages.includes(code);
    return (
      <label key={code} className={styles.language}>
        <input
          type="checkbox"
          checked={isChosen}
          disabled={!isChosen && isFull}
          onChange={() => onChange(isChosen ? languages.filter((each) => each !== code) : [...languages, code])}
        />
        <span>{names.of(language.tag) ?? language.tag}</span>
        {!language.delivered && <span className={styles.size}>{size(language.bytes)}</span>}
      </label>
    );
  };
  const isFirst = (code: TextLanguage) => textLanguages[code].delivered || languages.includes(code);
  return (
    <fieldset className={styles.languages}>
      <legend>{t('text.languages')}</legend>
      {languageCodes.filter((code) => isFirst(code)).map((code) => option(code))}
      <details>
        <summary>{t('text.moreLanguages')}</summary>
        <p className={styles.note}>{t('text.moreLanguagesHelp')}</p>
        {languageCodes.filter((code) => !isFirst(code)).map((code) => option(code))}
      </details>
    </fieldset>
  );
}

/** What reading still has to fetch; nothing where all of it is here. */
export function Cost({ languages }: { readonly languages: readonly TextLanguage[] }) {
  const { t } = useTranslation();
  const { size } = useFormats();
  const [bytes, setBytes] = useState<number>();
  const key = languages.join('+');

  useEffect(() => {
    let isLeft = false;
    async function count() {
      const missing = await countMissingBytes(languageCodes.filter((code) => key.split('+').includes(code)));
      if (!isLeft) setBytes(missing);
    }
    void count();
    return () => {
      isLeft = true;
    };
  }, [key]);

  return (
    <output className={styles.cost}>
      {bytes !== undefined && bytes > 0 && (
        <>
          <Download size={18} aria-hidden />
          {t(navigator.onLine ? 'text.cost' : 'text.costOffline', { size: size(bytes) })}
        </>
      )}
    </output>
  );
}
