import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { RouterProvider } from 'react-router/dom';

import { startOffline } from '#src/offline/register.ts';
import { pickLanguage } from '#src/ui/translations/languages.ts';
import { startTranslations } from '#src/ui/translations/translations.ts';

import '#src/ui/theme.css';
import '#src/ui/base.css';
import { router } from './routes.tsx';

const root = document.querySelector('#root');
if (root === null) throw new Error('index.html lacks #root');

await startTranslations(pickLanguage(navigator.languages));
createRoot(root).render(
  <StrictMode>
    <RouterProvider router={router} />
  </StrictMode>,
);

// The camera's shots are stored at once, but a reload would close the viewfinder under the user's hand.
void startOffline({ isBusy: () => globalThis.location.pathname.startsWith('/scan') });
