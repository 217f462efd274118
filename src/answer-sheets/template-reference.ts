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
    examRecords(theStore().db)
      .getReference(examId)
      .then(
        (blob) => {
          if (isLeft) return;
          if (blob === undefined) return setReference(null);
          url = URL.createObjectURL(blob);
          setReference({ blob, url });
        },
        (cause: unknown) => {
          console.warn('The picture of the sheet cannot be read.', cause);
          setReference(null);
        },
      );
    return () => {
      isLeft = true;
      if (url !== undefined) URL.revokeObjectURL(url);
      setReference(undefined);
    };
  }, [examId]);
  return reference;
}
