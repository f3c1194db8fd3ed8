import '@material/web/button/filled-button.js';
import '@material/web/checkbox/checkbox.js';
import '@material/web/dialog/dialog.js';
import '@material/web/menu/menu.js';
import '@material/web/menu/menu-item.js';
import '@material/web/tabs/primary-tab.js';
import '@material/web/tabs/tabs.js';
import '@material/web/textfield/outlined-text-field.js';

// Material's custom elements: ripples, a menu that is a popover, a dialog in the top layer, a form.

document.getElementById('app').innerHTML = `
  <md-filled-button id="open">Open</md-filled-button>
  <label><md-checkbox></md-checkbox> Agree</label>
  <md-outlined-text-field id="name" label="Name"></md-outlined-text-field>
  <md-tabs><md-primary-tab id="first">First</md-primary-tab><md-primary-tab id="second">Second</md-primary-tab></md-tabs>
  <div style="position: relative"><md-filled-button id="anchor">Menu</md-filled-button>
  <md-menu anchor="anchor"><md-menu-item><div slot="headline">Apple</div></md-menu-item><md-menu-item><div slot="headline">Pear</div></md-menu-item></md-menu></div>
  <md-dialog><div slot="headline">A dialog</div><form slot="content" id="form" method="dialog">Text</form>
  <div slot="actions"><md-filled-button form="form" id="close">Close</md-filled-button></div></md-dialog>`;
document.getElementById('open').onclick = () => document.querySelector('md-dialog').show();
const menu = document.querySelector('md-menu');
document.getElementById('anchor').onclick = () => (menu.open = !menu.open);
