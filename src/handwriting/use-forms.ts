/** What screens read: always from the store, and again whenever it changes. */
import { useLiveQuery } from 'dexie-react-hooks';
import { useMemo, useSyncExternalStore } from 'react';

import { LivePicture } from '#src/store/live-picture.ts';
import type { FormPageRecord, FormRecord } from '#src/store/records.ts';
import { theForms } from './flow.ts';

export interface ListedForm {
  readonly form: FormRecord;
  readonly pages: number;
}

/** Newest first. */
export function useForms(): readonly ListedForm[] | undefined {
  return useLiveQuery(async () => {
    const forms = (await theForms().listForms()).toSorted((a, b) => b.updatedAt - a.updatedAt);
    return Promise.all(forms.map(async (form) => ({ form, pages: await theForms().countPages(form.id) })));
  }, []);
}

/** `undefined` while it is read, `null` where there is none. */
export function useForm(id: string): FormRecord | null | undefined {
  const answer = useLiveQuery(async () => ({ id, form: (await theForms().getForm(id)) ?? null }), [id]);
  return answer?.id === id ? answer.form : undefined;
}

/** In the order in which they came. */
export function useFormPages(formId: string): readonly FormPageRecord[] | undefined {
  return useLiveQuery(() => theForms().listPages(formId), [formId]);
}

/** The address of a form's flat picture. */
export function useFormPicture(formId: string): string | undefined {
  const picture = useMemo(() => new LivePicture(() => theForms().getPicture(formId)), [formId]);
  return useSyncExternalStore(picture.subscribe, picture.url);
}

/** The address of a page's flat picture. */
export function useFlatPage(pageId: string): string | undefined {
  const picture = useMemo(() => new LivePicture(() => theForms().getFlatPage(pageId)), [pageId]);
  return useSyncExternalStore(picture.subscribe, picture.url);
}
