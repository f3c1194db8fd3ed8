import { annotations } from './annotations.ts';
import { format } from './format.ts';
import { heatmap } from './heatmap.ts';
import { top } from './top.ts';

/** German, whole. */
export default { annotations, format, heatmap, top };
