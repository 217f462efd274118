import { useLiveQuery } from 'dexie-react-hooks';

import { useRegion } from '#src/regions/regions.ts';
import { theSettings } from '#src/store/use-settings.ts';

/**
 * Whether faces may be looked for: `by-region` where the market or whoever runs the edge says no, `not-agreed` where the user
 * has not said yes, `reading` until the store has answered.
 */
export type FacesStanding = 'reading' | 'by-region' | 'not-agreed' | 'allowed';

export function useFacesStanding(): FacesStanding {
  const { config } = useRegion();
  const hasAgreed = useLiveQuery(async () => (await theSettings().getSettings()).findsFaces, []);
  if (!config.features['face-detection'].isOn) return 'by-region';
  if (hasAgreed === undefined) return 'reading';
  return hasAgreed ? 'allowed' : 'not-agreed';
}
