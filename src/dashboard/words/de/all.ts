import { annotations } from './annotations.ts';
import { app } from './app.ts';
import { botSettings } from './bot-settings.tsx';
import { botsDialog } from './bots-dialog.ts';
import { common } from './common.ts';
import { counts } from './counts.ts';
import { dimensions } from './dimensions.ts';
import { door } from './door.tsx';
import { filterDialog } from './filter-dialog.tsx';
import { filters } from './filters.ts';
import { firstVisit } from './first-visit.tsx';
import { forgetVisitor } from './forget-visitor.ts';
import { form } from './form.ts';
import { format } from './format.ts';
import { frame } from './frame.tsx';
import { goals } from './goals.tsx';
import { goalsTable } from './goals-table.ts';
import { heatmap } from './heatmap.ts';
import { install } from './install.ts';
import { installation } from './installation.tsx';
import { keyHelp } from './key-help.ts';
import { keys } from './keys.tsx';
import { listDialog } from './list-dialog.ts';
import { live } from './live.ts';
import { logs } from './logs.ts';
import { overview } from './overview.tsx';
import { picture } from './picture.ts';
import { player } from './player.ts';
import { rangeDialog } from './range-dialog.ts';
import { ranges } from './ranges.ts';
import { replays } from './replays.ts';
import { segmentDialogs } from './segment-dialogs.ts';
import { segments } from './segments.ts';
import { settings } from './settings.tsx';
import { share } from './share.ts';
import { signs } from './signs.ts';
import { siteFields } from './site-fields.ts';
import { sites } from './sites.ts';
import { status } from './status.tsx';
import { story } from './story.ts';
import { top } from './top.ts';
import { trouble } from './trouble.tsx';
import { ui } from './ui.ts';
import { visit } from './visit.ts';
import { visits } from './visits.ts';
import { warnings } from './warnings.ts';
import { watched } from './watched.ts';
import { worldMap } from './world-map.ts';

/** German, whole. */
export default {
  annotations,
  app,
  'bot-settings': botSettings,
  'bots-dialog': botsDialog,
  common,
  counts,
  dimensions,
  door,
  'filter-dialog': filterDialog,
  filters,
  'first-visit': firstVisit,
  'forget-visitor': forgetVisitor,
  form,
  format,
  frame,
  'goals-table': goalsTable,
  goals,
  heatmap,
  install,
  installation,
  'key-help': keyHelp,
  keys,
  'list-dialog': listDialog,
  live,
  logs,
  overview,
  picture,
  player,
  'range-dialog': rangeDialog,
  ranges,
  replays,
  'segment-dialogs': segmentDialogs,
  segments,
  settings,
  share,
  signs,
  'site-fields': siteFields,
  sites,
  status,
  story,
  top,
  trouble,
  ui,
  visit,
  visits,
  warnings,
  watched,
  'world-map': worldMap,
};
