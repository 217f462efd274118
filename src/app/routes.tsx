import { createBrowserRouter, redirect } from 'react-router';

import { documentRecords } from '#src/store/document-records.ts';
import { examRecords } from '#src/store/exam-records.ts';
import { theStore } from '#src/store/store.ts';
import { ErrorScreen } from './error-screen.tsx';
import { Shell, ShellFrame } from './shell.tsx';

/** What the shell needs to know of a route. */
export interface RouteHandle {
  /** The screen has the whole window: no bar, no tray. */
  readonly isFullScreen: true;
}

const fullScreen: RouteHandle = { isFullScreen: true };

/** Who has documents begins with them, and who has only exams with these. */
async function skipWelcome() {
  const { db } = theStore();
  if ((await documentRecords(db).listDocuments()).length > 0) return redirect('/library');
  return (await examRecords(db).listExams()).length > 0 ? redirect('/sheets') : null;
}

/**
 * Each screen is a chunk of its own, fetched when its address is first opened. Call it once the store is open: it reads
 * the address, and with it the store, at once.
 */
export const openRouter = () =>
  createBrowserRouter([
    {
      Component: Shell,
      HydrateFallback: ShellFrame,
      ErrorBoundary: ErrorScreen,
      children: [
        {
          // Inside the shell, so that a screen that fails leaves the way to the others.
          ErrorBoundary: ErrorScreen,
          children: [
            {
              path: '/',
              loader: skipWelcome,
              lazy: async () => ({ Component: (await import('./welcome-screen.tsx')).WelcomeScreen }),
            },
            {
              path: '/scan',
              handle: fullScreen,
              lazy: async () => ({ Component: (await import('#src/documents/scan-screen.tsx')).ScanScreen }),
            },
            {
              path: '/library',
              lazy: async () => ({ Component: (await import('#src/documents/library-screen.tsx')).LibraryScreen }),
            },
            {
              path: '/documents/:documentId',
              lazy: async () => ({ Component: (await import('#src/documents/document-screen.tsx')).DocumentScreen }),
            },
            {
              path: '/documents/:documentId/pages/:pageId',
              handle: fullScreen,
              lazy: async () => ({ Component: (await import('#src/documents/review-screen.tsx')).ReviewScreen }),
            },
            {
              path: '/documents/:documentId/text/:pageId?',
              handle: fullScreen,
              lazy: async () => ({ Component: (await import('#src/text/text-screen.tsx')).TextScreen }),
            },
            {
              path: '/tools/text',
              lazy: async () => ({ Component: (await import('#src/text/text-tool-screen.tsx')).TextToolScreen }),
            },
            {
              path: '/sheets',
              lazy: async () => ({ Component: (await import('#src/answer-sheets/exams-screen.tsx')).ExamsScreen }),
            },
            {
              path: '/sheets/classes/:rosterId?',
              lazy: async () => ({ Component: (await import('#src/answer-sheets/roster-screen.tsx')).RosterScreen }),
            },
            {
              path: '/sheets/:examId/camera',
              handle: fullScreen,
              lazy: async () => ({
                Component: (await import('#src/answer-sheets/sheet-camera-screen.tsx')).SheetCameraScreen,
              }),
            },
            {
              path: '/sheets/:examId/sheet/:sheetId',
              handle: fullScreen,
              lazy: async () => ({
                Component: (await import('#src/answer-sheets/sheet-view-screen.tsx')).SheetViewScreen,
              }),
            },
            {
              path: '/sheets/:examId/:step?',
              lazy: async () => ({ Component: (await import('#src/answer-sheets/exam-screen.tsx')).ExamScreen }),
            },
            {
              path: '/tools',
              lazy: async () => ({ Component: (await import('./tools-screen.tsx')).ToolsScreen }),
            },
            {
              path: '/tools/read-boxes',
              lazy: async () => ({ Component: (await import('#src/handwriting/forms-screen.tsx')).FormsScreen }),
            },
            {
              path: '/tools/read-boxes/:formId',
              lazy: async () => ({ Component: (await import('#src/handwriting/form-screen.tsx')).FormScreen }),
            },
            {
              path: '/tools/hide-faces',
              lazy: async () => ({ Component: (await import('./hide-faces-route.tsx')).HideFacesRoute }),
            },
            {
              path: '/tools/presence',
              lazy: async () => ({ Component: (await import('#src/faces/presence-screen.tsx')).PresenceScreen }),
            },
            {
              path: '/tools/id-photo',
              lazy: async () => ({ Component: (await import('#src/faces/id-photo-screen.tsx')).IdPhotoScreen }),
            },
            {
              path: '/settings',
              lazy: async () => ({ Component: (await import('./settings-screen.tsx')).SettingsScreen }),
            },
            {
              // For whoever runs the edge; in no menu.
              path: '/ops',
              lazy: async () => ({ Component: (await import('./ops-screen.tsx')).OpsScreen }),
            },
            { path: '*', lazy: async () => ({ Component: (await import('./not-found-screen.tsx')).NotFoundScreen }) },
          ],
        },
      ],
    },
  ]);
