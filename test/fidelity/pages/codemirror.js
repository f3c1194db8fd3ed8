import { basicSetup, EditorView } from 'codemirror';

// An editor: what is typed is an input, and so is masked whole; lines out of sight are not there.

const doc = Array.from({ length: 300 }, (_, i) => `line ${i} of a program`).join('\n');
new EditorView({ doc, extensions: basicSetup, parent: document.getElementById('app') });
document.querySelector('.cm-editor').style.height = '300px';
