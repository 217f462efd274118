import { createBrowserRouter } from 'react-router';

import { Shell } from './shell.tsx';

/** Each screen is a chunk of its own, fetched when its address is first opened. */
export const router = createBrowserRouter([
  {
    Component: Shell,
    children: [
      { path: '/scan', lazy: async () => ({ Component: (await import('#src/documents/scan-screen.tsx')).ScanScreen }) },
      {
        path: '/documents/:documentId/pages/:pageId',
        lazy: async () => ({ Component: (await import('#src/documents/review-screen.tsx')).ReviewScreen }),
      },
    ],
  },
]);
