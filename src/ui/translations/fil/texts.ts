import type { texts as english } from '../en/texts.ts';
import type { SameKeys } from '../shape.ts';
import { app } from './app.ts';
import { controls } from './controls.ts';
import { crop } from './crop.ts';
import { exams } from './exams.ts';
import { exporting } from './exporting.ts';
import { faces } from './faces.ts';
import { failures } from './failures.ts';
import { forms } from './forms.ts';
import { keeping } from './keeping.ts';
import { library } from './library.ts';
import { looks } from './looks.ts';
import { market } from './market.ts';
import { pages } from './pages.ts';
import { results } from './results.ts';
import { review } from './review.ts';
import { scan } from './scan.ts';
import { settings } from './settings.ts';
import { sheets } from './sheets.ts';
import { templates } from './templates.ts';
import { telemetry } from './telemetry.ts';
import { text } from './text.ts';
import { tools } from './tools.ts';
import { tray } from './tray.ts';

export const texts: SameKeys<typeof english> = {
  app,
  controls,
  crop,
  exams,
  exporting,
  faces,
  failures,
  forms,
  keeping,
  library,
  looks,
  market,
  pages,
  results,
  review,
  scan,
  settings,
  sheets,
  templates,
  telemetry,
  text,
  tools,
  tray,
};
