import { format } from './format.ts';
import { top } from './top.ts';

/** German, whole. */
export default { format, top };
