import 'htmx.org';

// Pieces of markup from the server, put beside, within, in the place of and after what is there.

document.getElementById('app').innerHTML = `
  <button id="inner" hx-get="/piece" hx-target="#target">Into</button>
  <button id="outer" hx-get="/row" hx-target="#rows li:last-child" hx-swap="afterend">Row</button>
  <button id="self" hx-get="/piece" hx-swap="outerHTML">Me</button>
  <div id="target">Nothing yet</div>
  <ul id="rows"><li>First row</li></ul>`;
window.htmx.process(document.body);
