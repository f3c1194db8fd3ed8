import flatpickr from 'flatpickr';
import 'flatpickr/dist/flatpickr.css';

// A calendar of hundreds of cells that is built anew each month.

document.getElementById('app').innerHTML = '<input id="date"><div id="range"></div>';
flatpickr('#date', { defaultDate: '2026-05-17' });
flatpickr('#range', { inline: true, mode: 'range', defaultDate: ['2026-05-10'], showMonths: 2 });
