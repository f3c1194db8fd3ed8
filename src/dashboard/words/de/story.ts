import type { Translated } from '../area.ts';
import type * as english from '../story.ts';

export const story: Translated<typeof english.story> = {
  story: 'Was geschah',
  nothing: 'In diesem Besuch wurde nichts gezählt und nichts geklickt.',
  deleteNote: 'Notiz löschen',
  deleteNoteOf: (note) => `Notiz löschen: ${note}`,

  kinds: {
    page: 'Seite',
    event: 'Ereignis',
    click: 'Klick',
    rage_click: 'Wutklick',
    dead_click: 'Toter Klick',
    error: 'Fehler',
    quick_back: 'Schneller Rücksprung',
    abandoned_form: 'Abgebrochenes Formular',
    slow_interaction: 'Langsame Reaktion',
    gap: 'Lücke',
    unstyled: 'Stylesheet fehlt',
    lost: 'Fehlendes',
    note: 'Notiz',
  },
  titles: {
    click: 'Klick',
    rage_click: 'Wutklick',
    dead_click: 'Toter Klick',
    error: 'Fehler',
    quick_back: 'Kam gleich zurück',
    abandoned_form: 'Formular nicht abgeschickt',
    slow_interaction: 'Langsame Reaktion',
    gap: 'Ab hier nicht aufgezeichnet',
    unstyled: 'Ohne ein Stylesheet gezeigt',
  },
  goal: 'Ziel',
  missing: (long) => `${long} verloren`,
  missingText: 'Dieser Teil hat den Server nie erreicht.',
  unstyledText: 'Die Website hat es nicht mehr.',
  gaps: {
    busy: 'Die Seite änderte sich so sehr (1 MB auf einmal oder mehr als 50 ms Aufzeichnung in einer Sekunde), dass die Aufzeichnung sie gebremst hätte. Es geht weiter, sobald sie ruhiger ist.',
    too_large: 'Die Seite ist zu groß für eine Aufzeichnung.',
    unsent: 'Zu viel wartete auf den Server, der nicht antwortete.',
    visit_bytes: 'Eine Aufzeichnung endet nach 10 MB.',
    visit_time: 'Eine Aufzeichnung endet nach einer Stunde.',
  },
};
