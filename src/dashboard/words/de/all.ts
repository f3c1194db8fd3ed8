import { annotations } from './annotations.ts';
import { app } from './app.ts';
import { botSettings } from './bot-settings.tsx';
import { common } from './common.ts';
import { door } from './door.ts';
import { firstVisit } from './first-visit.tsx';
import { form } from './form.ts';
import { format } from './format.ts';
import { goals } from './goals.tsx';
import { heatmap } from './heatmap.ts';
import { install } from './install.ts';
import { keys } from './keys.tsx';
import { segmentDialogs } from './segment-dialogs.ts';
import { segments } from './segments.ts';
import { settings } from './settings.tsx';
import { signs } from './signs.ts';
import { siteFields } from './site-fields.ts';
import { sites } from './sites.ts';
import { status } from './status.tsx';
import { top } from './top.ts';
import { trouble } from './trouble.tsx';
import { ui } from './ui.ts';

/** German, whole. */
export default {
  annotations,
  app,
  'bot-settings': botSettings,
  common,
  door,
  'first-visit': firstVisit,
  form,
  format,
  goals,
  heatmap,
  install,
  keys,
  'segment-dialogs': segmentDialogs,
  segments,
  settings,
  signs,
  'site-fields': siteFields,
  sites,
  status,
  top,
  trouble,
  ui,
};
