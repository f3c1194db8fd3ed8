import type { Translated } from '../area.ts';
import type * as english from '../share.ts';

export const share: Translated<typeof english.share> = {
  title: 'Aufzeichnung teilen',
  copyNow:
    'Den Link jetzt kopieren: Noch einmal anzeigen lässt er sich nicht. Wer ihn hat, sieht diese Aufzeichnung und sonst nichts.',
  theLink: 'Der Link',
  about: 'Wer den Link hat, sieht diese Aufzeichnung und sonst nichts, ohne sich anzumelden.',
  forWhom: 'Für wen',
  example: 'Die Designer',
  hint: 'Damit er wiederzuerkennen ist, hier und in der Liste, wer was angesehen hat.',
  works: 'Er gilt',
  lasting: { day: 'Einen Tag', week: 'Eine Woche', month: '30 Tage' },
  make: 'Link anlegen',
  inForce: 'Gültige Links',
  aLink: 'Ein Link',
  until: (at) => `bis ${at}`,
  takeBack: 'Zurücknehmen',
  notTakenBack: 'Der Link ließ sich nicht zurücknehmen. Besteht eine Verbindung?',
};
