import '@shoelace-style/shoelace/dist/themes/light.css';
import '@shoelace-style/shoelace/dist/components/button/button.js';
import '@shoelace-style/shoelace/dist/components/details/details.js';
import '@shoelace-style/shoelace/dist/components/dialog/dialog.js';
import '@shoelace-style/shoelace/dist/components/input/input.js';
import '@shoelace-style/shoelace/dist/components/option/option.js';
import '@shoelace-style/shoelace/dist/components/rating/rating.js';
import '@shoelace-style/shoelace/dist/components/select/select.js';
import '@shoelace-style/shoelace/dist/components/switch/switch.js';
import '@shoelace-style/shoelace/dist/components/tab/tab.js';
import '@shoelace-style/shoelace/dist/components/tab-group/tab-group.js';
import '@shoelace-style/shoelace/dist/components/tab-panel/tab-panel.js';

// A component library of custom elements.

document.getElementById('app').innerHTML = `
  <sl-button id="open">Open</sl-button> <sl-switch>Loud</sl-switch> <sl-rating></sl-rating>
  <sl-input id="name" label="Name" clearable></sl-input>
  <sl-select label="Roast"><sl-option value="light">Light</sl-option><sl-option value="dark">Dark</sl-option></sl-select>
  <sl-tab-group><sl-tab slot="nav" panel="a">A</sl-tab><sl-tab slot="nav" panel="b">B</sl-tab>
  <sl-tab-panel name="a">Panel A</sl-tab-panel><sl-tab-panel name="b">Panel B</sl-tab-panel></sl-tab-group>
  <sl-details summary="Details">Inside</sl-details>
  <sl-dialog label="A dialog">Text <sl-button slot="footer" id="close">Close</sl-button></sl-dialog>`;
const dialog = document.querySelector('sl-dialog');
document.getElementById('open').onclick = () => dialog.show();
document.getElementById('close').onclick = () => dialog.hide();
