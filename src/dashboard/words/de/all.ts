import { format } from './format.ts';
import { heatmap } from './heatmap.ts';
import { top } from './top.ts';

/** German, whole. */
export default { format, heatmap, top };
