import type { Translated } from '../area.ts';
import type * as english from '../warnings.ts';

export const warnings: Translated<typeof english.warnings> = {
  daily_visitors: 'Besucher zählen jeden Tag neu: Diese Website hinterlegt keine Kennungen in ihren Browsern',
  not_kept: (since) =>
    `Von vor dem ${since} ist hier nichts mitgezählt: Dafür braucht es einzelne Besuche, und die werden ab diesem Tag aufbewahrt. ` +
    'Frühere Tage lassen sich im Ganzen, nach einer Dimension oder mit einem Filter abfragen.',
  counted_again: (since) =>
    `Wer schon vor dem ${since} da war und länger wegblieb, als einzelne Besuche aufbewahrt werden, zählt womöglich ein weiteres Mal.`,
};
