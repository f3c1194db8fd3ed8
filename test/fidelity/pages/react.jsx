import { useState } from 'react';
import { createPortal } from 'react-dom';
import { createRoot } from 'react-dom/client';

// A keyed list that is sorted, filtered and edited; a controlled field; a portal.

function Notes() {
  const [notes, setNotes] = useState(['Grind', 'Bloom', 'Pour', 'Wait']);
  const [text, setText] = useState('');
  const [asked, setAsked] = useState(null);
  const add = (event) => {
    event.preventDefault();
    setNotes([...notes, `Note ${notes.length + 1}`]);
    setText('');
  };
  return (
    <main>
      <form onSubmit={add}>
        <label>
          New <input id="new" value={text} onChange={(event) => setText(event.target.value)} />
        </label>
        <button type="submit">Add {text.length > 0 && <em>one</em>}</button>
      </form>
      <button type="button" id="sort" onClick={() => setNotes([...notes].sort())}>
        Sort
      </button>
      <button type="button" id="turn" onClick={() => setNotes([...notes].reverse())}>
        Turn
      </button>
      <ul>
        {notes.map((note, i) => (
          <li key={note} className={i % 2 ? 'odd' : undefined}>
            {note} of {notes.length}{' '}
            <button type="button" onClick={() => setAsked(note)}>
              Remove
            </button>
          </li>
        ))}
      </ul>
      {asked &&
        createPortal(
          <div role="dialog" style={{ position: 'fixed', inset: '30% 30% auto', background: '#eee' }}>
            <p>Remove {asked}?</p>
            <button
              type="button"
              id="yes"
              onClick={() => {
                setNotes(notes.filter((one) => one !== asked));
                setAsked(null);
              }}
            >
              Yes
            </button>
          </div>,
          document.body,
        )}
    </main>
  );
}

createRoot(document.getElementById('app')).render(<Notes />);
