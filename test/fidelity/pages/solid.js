import { createSignal, For, Show } from 'solid-js';
import html from 'solid-js/html';
import { render } from 'solid-js/web';

// Fine-grained updates: text nodes and attributes one by one, a list whose rows move.

const [count, setCount] = createSignal(0);
const [rows, setRows] = createSignal(['a', 'b', 'c']);
const App = () => html`
  <button id="count" onClick=${() => setCount(count() + 1)}>Count: ${count} (${() => count() * 2})</button>
  <p class=${() => (count() % 2 ? 'odd' : 'even')} style=${() => ({ 'padding-left': `${count() * 10}px` })}>Moves</p>
  <${Show} when=${() => count() > 1}><strong>More than one</strong><//>
  <button id="swap" onClick=${() => setRows([...rows().slice(1), rows()[0]])}>Swap</button>
  <button id="more" onClick=${() => setRows([...rows(), `row ${rows().length}`])}>More</button>
  <ol><${For} each=${rows}>${(row, i) => html`<li>${i} ${row}</li>`}<//></ol>
`;
render(App, document.getElementById('app'));
