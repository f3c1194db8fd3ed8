import { area } from './area.ts';

/** What happened in a visit, line by line. */
export const story = area('story', {
  story: 'What happened',
  nothing: 'Nothing was counted and nothing clicked in this visit.',
  deleteNote: 'Delete the note',
  deleteNoteOf: (note: string) => `Delete the note: ${note}`,

  /** What a line is, for those who don't see its icon. */
  kinds: {
    page: 'Page',
    event: 'Event',
    click: 'Click',
    rage_click: 'Rage click',
    dead_click: 'Dead click',
    error: 'Error',
    quick_back: 'Quick back',
    abandoned_form: 'Abandoned form',
    slow_interaction: 'Slow interaction',
    gap: 'Gap',
    unstyled: 'Style sheet missing',
    lost: 'Missing',
    note: 'Note',
  },
  titles: {
    click: 'Click',
    rage_click: 'Rage click',
    dead_click: 'Dead click',
    error: 'Error',
    quick_back: 'Came back at once',
    abandoned_form: 'Left a form unsent',
    slow_interaction: 'Slow answer',
    gap: 'Not recorded from here',
    unstyled: 'Shown without a style sheet',
  },
  goal: 'Goal',
  missing: (long: string) => `${long} missing`,
  missingText: 'This part never reached the server.',
  unstyledText: 'The site does not have it any more.',
  /** Of a gap that the recorder made on purpose. */
  gaps: {
    busy: 'The page changed so much (1 MB at once, or more than 50 ms of recording in a second) that recording it would have slowed it down. It goes on once the page is calm.',
    too_large: 'The page is too large to record.',
    unsent: 'Too much waited for the server, which did not answer.',
    visit_bytes: 'A recording ends after 10 MB.',
    visit_time: 'A recording ends after an hour.',
  },
});
