// What all pages share, before what one of them says otherwise.
import './styles/tokens.css';
import './styles/base.css';
import './styles/ui.css';
import { render } from 'preact';
import { App, begin } from './app.tsx';
import { applyTheme } from './theme.ts';
import { speakChosen } from './words/language.ts';

applyTheme();
// What the page will ask needs no words, and not the page.
begin();
await speakChosen();
const root = document.getElementById('app');
if (root) render(<App />, root);
