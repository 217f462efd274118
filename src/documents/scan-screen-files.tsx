import { Images } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { pickFiles } from '#src/capture/pick-files.ts';
import { Button, IconButton } from '#src/ui/controls/button.tsx';

interface ScanFilesProps {
  /** With words, or as an icon among the camera's controls. */
  readonly kind: 'primary' | 'icon';
  readonly onFiles: (files: readonly File[]) => void;
}

/** Picks photos and files in place of the camera. */
export function ScanFiles({ kind, onFiles }: ScanFilesProps) {
  const { t } = useTranslation();
  async function pick() {
    const files = await pickFiles();
    if (files.length > 0) onFiles(files);
  }
  if (kind === 'icon') return <IconButton icon={Images} label={t('scan.addFiles')} onPress={() => void pick()} />;
  return (
    <Button kind="primary" icon={Images} onPress={() => void pick()}>
      {t('scan.addFiles')}
    </Button>
  );
}
