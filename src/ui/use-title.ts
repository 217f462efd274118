import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';

/** Names the tab after the screen; undefined while the name is being read. */
export function useTitle(title: string | undefined): void {
  const { t } = useTranslation();
  const name = t('controls.appName');
  useEffect(() => {
    document.title = title === undefined || title === '' ? name : `${title} · ${name}`;
  }, [title, name]);
}
