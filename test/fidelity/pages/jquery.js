import $ from 'jquery';

// What older sites do: markup as text, slides and fades, a table sorted by moving its rows.

$('#app').html(`
  <button id="slide">Slide</button> <button id="sort">Sort</button> <button id="wrap">Wrap</button>
  <div id="panel" style="display: none">A <b>panel</b></div>
  <table><thead><tr><th>Bean</th><th>Price</th></tr></thead><tbody>
  ${[9, 4, 7, 2].map((n) => `<tr data-price="${n}"><td>Bean ${n}</td><td>${n}.00</td></tr>`).join('')}</tbody></table>`);
$('#slide').on('click', () => $('#panel').slideToggle(120));
$('#sort').on('click', () => {
  const rows = $('tbody tr').get();
  rows.sort((a, b) => $(a).data('price') - $(b).data('price'));
  $('tbody').append(rows);
  $('tr:odd').toggleClass('odd');
});
$('#wrap').on('click', () => {
  $('table').wrap('<section class="wrap"></section>').before('<h2>Prices</h2>');
  $('tbody tr:first').clone().appendTo('tbody');
  $('thead').detach().prependTo('table');
});
