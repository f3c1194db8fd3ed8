import TomSelect from 'tom-select';
import 'tom-select/dist/css/tom-select.css';

// Selects dressed up: one with search, one with several choices and new ones.

const options = ['Harbour', 'Morning', 'Decaf', 'Espresso'].map((name) => `<option>${name}</option>`).join('');
document.getElementById('app').innerHTML = `
  <select id="one"><option value="">Choose</option>${options}</select>
  <select id="many" multiple>${options}</select>`;
new TomSelect('#one');
new TomSelect('#many', { create: true, plugins: ['remove_button'] });
