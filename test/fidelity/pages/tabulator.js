import { TabulatorFull as Tabulator } from 'tabulator-tables';
import 'tabulator-tables/dist/css/tabulator.css';

// A data grid: virtual rows, sorting, filters in the header, editing in place.

document.getElementById('app').innerHTML = '<div id="grid"></div>';
const data = Array.from({ length: 500 }, (_, id) => ({ id, bean: `Bean ${id % 37}`, price: (id * 7919) % 97 }));
new Tabulator('#grid', {
  height: 400,
  data,
  layout: 'fitColumns',
  columns: [
    { title: 'Number', field: 'id' },
    { title: 'Bean', field: 'bean', headerFilter: 'input' },
    { title: 'Price', field: 'price', editor: 'number' },
  ],
});
