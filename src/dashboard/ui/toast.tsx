import { useEffect, useState } from 'preact/hooks';

interface Note {
  id: number;
  text: string;
  bad: boolean;
}

let count = 0;
let notes: Note[] = [];
const heard = new Set<(notes: Note[]) => void>();

function tell(next: Note[]): void {
  notes = next;
  for (const hear of heard) hear(notes);
}

/** Says something for a few seconds, in a corner and to screen readers: `toast('Goal deleted')`. */
export function toast(text: string, { bad = false } = {}): void {
  const note = { id: ++count, text, bad };
  tell([...notes.filter((old) => old.text !== text), note].slice(-3));
  setTimeout(() => tell(notes.filter((old) => old !== note)), bad ? 8000 : 4000);
}

/** Where toasts appear; once in the app. */
export function Toasts() {
  const [shown, setShown] = useState(notes);
  useEffect(() => {
    heard.add(setShown);
    return () => void heard.delete(setShown);
  }, []);
  return (
    <div class="toasts" role="status" aria-live="polite">
      {shown.map((note) => (
        <p key={note.id} class={note.bad ? 'toast bad' : 'toast'}>
          {note.text}
        </p>
      ))}
    </div>
  );
}
