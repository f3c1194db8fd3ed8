import Quill from 'quill';
import 'quill/dist/quill.snow.css';

// Rich text: formats that wrap what is typed, a list, a toolbar of SVG.

document.getElementById('app').innerHTML = '<div id="editor"><p>Hello <b>there</b></p></div>';
new Quill('#editor', { theme: 'snow' });
