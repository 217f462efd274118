import { useEffect, useState } from 'react';
import { examRecords } from '#src/store/exam-records.ts';
import { theStore } from '#src/store/store.ts';

interface Reference {
  readonly blob: Blob;
  readonly url: string;
}

/** The flattened picture that a sheet was drawn over. `undefined` while it is read, `null` where there is none. It never changes. */
export function useReference(examId: string): Reference | null | undefined {
  const [reference, setReference] = useState<Reference | null>();
  useEffect(() => {
    let url: string | undefined;
    let isLeft = false;
    const read = async () => {
      try {
        const blob = await examRecords(theStore().db).getReference(examId);
        if (isLeft) return;
        if (blob !== undefined) url = URL.createObjectURL(blob);
        setReference(blob === undefined || url === undefined ? null : { blob, url });
      } catch (cause) {
        console.warn('The picture of the sheet cannot be read.', cause);
        if (!isLeft) setReference(null);
      }
    };
    void read();
    return () => {
      isLeft = true;
      if (url !== undefined) URL.revokeObjectURL(url);
      setReference(undefined);
    };
  }, [examId]);
  return reference;
}
