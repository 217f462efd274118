import { RefreshCw, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { useUpdate } from '#src/offline/update.ts';
import { theStore } from '#src/store/store.ts';
import { useStoreClosed } from '#src/store/use-store-closed.ts';
import { Button } from '#src/ui/controls/button.tsx';
import { showToast } from '#src/ui/controls/toast.tsx';
import styles from './notices.module.css';

/** What concerns every screen: nothing is kept, the store closed, a new version waits. */
export function Notices() {
  const { t } = useTranslation();
  const { waiting, apply } = useUpdate();
  const isClosed = useStoreClosed();

  async function load() {
    if ((await apply()) === 'busy') showToast({ text: t('app.update.busy') });
  }

  return (
    <>
      {theStore().failure !== undefined && (
        <Notice isCaution>
          <p>{t('app.storage.blocked')}</p>
        </Notice>
      )}
      {isClosed && (
        <Notice isCaution>
          <p>{t('app.storage.closed')}</p>
          <Button onPress={() => globalThis.location.reload()}>{t('app.storage.reload')}</Button>
        </Notice>
      )}
      {waiting && (
        <Notice>
          <p>{t('app.update.text')}</p>
          <Button onPress={() => void load()}>{t('app.update.apply')}</Button>
        </Notice>
      )}
    </>
  );
}

function Notice({ isCaution = false, children }: { readonly isCaution?: boolean; readonly children: ReactNode }) {
  const Icon = isCaution ? TriangleAlert : RefreshCw;
  return (
    <output className={isCaution ? styles.caution : styles.notice}>
      <Icon size={20} aria-hidden />
      {children}
    </output>
  );
}
