import { useEffect, useState } from 'react';

import { asFailure, type Failure } from '#contract/failures.ts';
import type { JobInput, JobOutput } from '#contract/jobs.ts';
import { engine } from '#src/engine/engine.ts';

type Wanted = JobInput<'faces.make-id-photo'>;

export interface IdPhotoMaking {
  /** The last one that was made; `undefined` while there is none for what is wanted now. */
  readonly made: JobOutput<'faces.make-id-photo'> | undefined;
  readonly failure: Failure | undefined;
}

/** A hand that moves the frame is not followed pixel by pixel: each photo decodes the whole picture. */
const pauseMs = 250;

/** The ID photo of what is wanted, made anew a moment after that has changed. */
export function useIdPhoto({ photo, crop, sizeMm, background }: Wanted): IdPhotoMaking {
  const [state, setState] = useState<IdPhotoMaking & { readonly of: string }>({
    of: '',
    made: undefined,
    failure: undefined,
  });
  const wanted = JSON.stringify({ crop, sizeMm, background });

  useEffect(() => {
    const leaving = new AbortController();
    const timer = setTimeout(() => {
      engine.run('faces.make-id-photo', { photo, crop, sizeMm, background }, { signal: leaving.signal }).then(
        (made) => setState({ of: wanted, made, failure: undefined }),
        (cause: unknown) => {
          if (!leaving.signal.aborted) setState({ of: wanted, made: undefined, failure: asFailure(cause) });
        },
      );
    }, pauseMs);
    return () => {
      clearTimeout(timer);
      leaving.abort();
    };
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- `wanted` stands for crop, size and background
  }, [photo, wanted]);

  // What was made of another crop is not what would be saved.
  return state.of === wanted ? state : { made: undefined, failure: undefined };
}
