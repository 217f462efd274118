import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PageEdits } from '#contract/pages.ts';
import type { PageRecord } from '#src/store/records.ts';
import { showToast } from '#src/ui/controls/toast.tsx';
import { saveEdits } from './flow.ts';
import { usePreviews } from './review-previews.ts';

/**
 * A slider that is stepped with the keys settles at every press. Each save renders the page anew, which ends the work on
 * the one before and with it a worker, so a run of steps is saved once.
 */
const settleMs = 400;

/**
 * The page's edits as the user sees them, ahead of the store while a slider moves, and a preview of them until the store
 * has a result that shows them.
 *
 * @param result the address of the stored result, by which a new one is noticed
 */
export function useEdits(page: PageRecord, result: string | undefined, previewLongSidePx: number) {
  const { t } = useTranslation();
  // A draft is of one revision of the page: what is saved in another tab ends it. What is saved here ends it too, unless
  // the slider has moved on meanwhile: steps that come between a save and its return would be lost.
  const [draft, setDraft] = useState<{ readonly edits: PageEdits; readonly revision: number }>();
  const [saves, setSaves] = useState<readonly PageEdits[]>([]);
  const [outdated, setOutdated] = useState<string>();
  const pending = useRef<{ readonly timer: ReturnType<typeof setTimeout>; readonly save: () => void }>(undefined);
  const hasMovedOn = draft !== undefined && draft.edits !== saves.at(-1) && isOneOf(page.edits, saves);
  const drafted = draft?.revision === page.revision || hasMovedOn ? draft?.edits : undefined;
  const edits = drafted ?? page.edits;

  const isShown = drafted === undefined && page.state === 'ready' && (outdated === undefined || result !== outdated);
  const { pictures } = usePreviews(
    edits === undefined || isShown
      ? undefined
      : { pageId: page.id, edits, looks: [edits.look], longSidePx: previewLongSidePx },
  );

  // What waits to be saved is saved when the page or the tab is left.
  useEffect(() => {
    const saveNow = () => pending.current?.save();
    document.addEventListener('visibilitychange', saveNow);
    return () => {
      document.removeEventListener('visibilitychange', saveNow);
      saveNow();
    };
  }, []);

  const change = (next: PageEdits) => setDraft({ edits: next, revision: page.revision });

  function forgetPending() {
    clearTimeout(pending.current?.timer);
    pending.current = undefined;
  }

  function commit(next: PageEdits) {
    forgetPending();
    change(next);
    setOutdated(result);
    setSaves((before) => [...before, next]);
    saveEdits(page.id, next).catch((cause: unknown) => {
      console.error(cause);
      setDraft(undefined);
      setOutdated(undefined);
      showToast({ text: t('review.notSaved') });
    });
  }

  function commitSoon(next: PageEdits) {
    forgetPending();
    change(next);
    const save = () => commit(next);
    pending.current = { timer: setTimeout(save, settleMs), save };
  }

  return { edits, change, commit, commitSoon, preview: pictures.values().next().value };
}

/** Edits come back from the store as copies. */
function isOneOf(edits: PageEdits | undefined, saves: readonly PageEdits[]): boolean {
  const text = JSON.stringify(edits);
  return saves.some((save) => JSON.stringify(save) === text);
}
