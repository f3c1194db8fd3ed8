import 'bootstrap/dist/css/bootstrap.css';
import { Tooltip } from 'bootstrap';

// A modal with its backdrop, a collapse, an off-canvas, a dropdown, a tooltip.

document.getElementById('app').innerHTML = `
  <button id="modal" class="btn btn-primary" data-bs-toggle="modal" data-bs-target="#m">Modal</button>
  <button id="collapse" class="btn" data-bs-toggle="collapse" data-bs-target="#c">Collapse</button>
  <button id="canvas" class="btn" data-bs-toggle="offcanvas" data-bs-target="#o">Off canvas</button>
  <div class="dropdown"><button id="drop" class="btn dropdown-toggle" data-bs-toggle="dropdown">Drop</button>
  <ul class="dropdown-menu"><li><a class="dropdown-item" href="#x">One</a></li></ul></div>
  <button id="tip" class="btn" title="A tip">Tip</button>
  <div class="collapse" id="c"><div class="card card-body">Collapsed</div></div>
  <div class="modal fade" id="m" tabindex="-1"><div class="modal-dialog"><div class="modal-content"><div class="modal-body">Modal
  <input id="in-modal"></div><button class="btn" id="shut" data-bs-dismiss="modal">Close</button></div></div></div>
  <div class="offcanvas offcanvas-start" id="o" tabindex="-1"><button class="btn-close" data-bs-dismiss="offcanvas"></button>Aside</div>`;
new Tooltip(document.getElementById('tip'));
