import Sortable from 'sortablejs';

// Things dragged to another place, within a list and to another.

const list = (id, names) => `<ul id="${id}">${names.map((name) => `<li>${name}</li>`).join('')}</ul>`;
document.getElementById('app').innerHTML = list('left', ['A', 'B', 'C', 'D']) + list('right', ['X', 'Y']);
for (const id of ['left', 'right'])
  new Sortable(document.getElementById(id), { group: 'both', animation: 80, forceFallback: true });
