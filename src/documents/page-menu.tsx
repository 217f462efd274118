import { ArrowLeft, ArrowRight, Copy, EyeOff, FolderInput, Pencil, RotateCw, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';

import { useRegion } from '#src/regions/regions.ts';
import { OpenMenu } from '#src/ui/controls/menu.tsx';
import { duplicatePage, turnPage } from './flow.ts';
import { usePage } from './use-documents.ts';

interface PageMenuProps {
  readonly id: string;
  readonly number: number;
  readonly count: number;
  readonly anchor: Element;
  readonly onMoveTo: () => void;
  /** One place towards the front (-1) or the end (1). */
  readonly onMoveBy: (step: -1 | 1) => void;
  readonly onDelete: () => void;
  readonly onClose: () => void;
}

/** What can be done with one page. */
export function PageMenu({ id, number, count, anchor, onMoveTo, onMoveBy, onDelete, onClose }: PageMenuProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { config } = useRegion();
  const page = usePage(id);
  if (page === undefined || page === null) return null;
  const isScanned = page.edits !== undefined;
  return (
    <OpenMenu
      label={t('pages.menu', { number })}
      anchor={anchor}
      onClose={onClose}
      actions={[
        {
          id: 'edit',
          label: t('pages.edit'),
          icon: Pencil,
          isDisabled: !isScanned,
          onAction: () => void navigate(`/documents/${page.documentId}/pages/${id}`),
        },
        {
          id: 'rotate',
          label: t('pages.rotate'),
          icon: RotateCw,
          isDisabled: !isScanned,
          onAction: () => void turnPage(id),
        },
        { id: 'duplicate', label: t('pages.duplicate'), icon: Copy, onAction: () => void duplicatePage(id) },
        {
          id: 'earlier',
          label: t('pages.earlier'),
          icon: ArrowLeft,
          isDisabled: number === 1,
          onAction: () => onMoveBy(-1),
        },
        {
          id: 'later',
          label: t('pages.later'),
          icon: ArrowRight,
          isDisabled: number === count,
          onAction: () => onMoveBy(1),
        },
        ...(config.features['face-detection'].isOn
          ? [
              {
                id: 'hide-faces',
                label: t('faces.hide.ofDocument'),
                icon: EyeOff,
                isDisabled: page.rendered === undefined,
                onAction: () => void navigate(`/tools/hide-faces?document=${page.documentId}&page=${id}`),
              },
            ]
          : []),
        { id: 'move', label: t('pages.moveTo'), icon: FolderInput, onAction: onMoveTo },
        { id: 'delete', label: t('controls.delete'), icon: Trash2, isDanger: true, onAction: onDelete },
      ]}
    />
  );
}
