import { EyeOff, Grid2x2, IdCard, ScanFace, ScanText, type LucideIcon } from 'lucide-react';

import type { Config } from '#contract/config.ts';
import type { Settings } from '#src/store/setting-records.ts';

/** What decides whether a tool is offered: the region and whoever runs the edge, then the user. */
export interface ToolSurroundings {
  readonly features: Config['features'];
  readonly settings: Settings;
}

export interface Tool {
  readonly path: string;
  readonly icon: LucideIcon;
  /** Keys of texts, of which `text` says in a sentence what it is good for. */
  readonly title: `tools.${string}.title`;
  readonly text: `tools.${string}.text`;
  readonly isOn: (surroundings: ToolSurroundings) => boolean;
}

const findsFaces = ({ features, settings }: ToolSurroundings) => features['face-detection'].isOn && settings.findsFaces;

/** The tools in their order on the screen: a new one is an entry here, with its route. */
export const tools = [
  {
    path: '/tools/read-boxes',
    icon: Grid2x2,
    title: 'tools.readBoxes.title',
    text: 'tools.readBoxes.text',
    isOn: ({ features }) => features.handwriting.isOn,
  },
  {
    path: '/tools/text',
    icon: ScanText,
    title: 'tools.readText.title',
    text: 'tools.readText.text',
    isOn: ({ features, settings }) => features['document-scanning'].isOn && settings.textReading !== 'never',
  },
  {
    path: '/tools/hide-faces',
    icon: EyeOff,
    title: 'tools.hideFaces.title',
    text: 'tools.hideFaces.text',
    isOn: findsFaces,
  },
  {
    path: '/tools/presence',
    icon: ScanFace,
    title: 'tools.presence.title',
    text: 'tools.presence.text',
    isOn: findsFaces,
  },
  {
    path: '/tools/id-photo',
    icon: IdCard,
    title: 'tools.idPhoto.title',
    text: 'tools.idPhoto.text',
    isOn: findsFaces,
  },
] as const satisfies readonly Tool[];
