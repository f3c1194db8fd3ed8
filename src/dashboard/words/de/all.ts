import { annotations } from './annotations.ts';
import { common } from './common.ts';
import { format } from './format.ts';
import { goals } from './goals.tsx';
import { heatmap } from './heatmap.ts';
import { segmentDialogs } from './segment-dialogs.ts';
import { segments } from './segments.ts';
import { status } from './status.tsx';
import { top } from './top.ts';
import { trouble } from './trouble.tsx';

/** German, whole. */
export default {
  annotations,
  common,
  format,
  goals,
  heatmap,
  'segment-dialogs': segmentDialogs,
  segments,
  status,
  top,
  trouble,
};
