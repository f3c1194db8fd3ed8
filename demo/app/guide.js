'use strict';

// The brew guide is a single-page application: one document, views by address, no framework.
(() => {
  const METHODS = {
    'pour-over': {
      name: 'Pour-over',
      time: 180,
      dose: '16 g to 250 g of water at 94 °C',
      steps: ['Rinse the paper, warm the cup.', 'Wet the coffee with 40 g, wait half a minute.', 'Pour in circles up to 150 g.', 'Pour the rest down the middle.'],
    },
    'french-press': {
      name: 'French press',
      time: 240,
      dose: '30 g to 500 g of water just off the boil',
      steps: ['All the water at once.', 'Four minutes, lid off.', 'Break the crust, skim what floats.', 'Press slowly and pour everything.'],
    },
    espresso: {
      name: 'Espresso',
      time: 28,
      dose: '18 g in, 36 g out',
      steps: ['Grind fine, level, tamp once.', 'Start the clock with the pump.', 'Stop at twice the weight.', 'Too sour: finer. Too bitter: coarser.'],
    },
    'cold-brew': {
      name: 'Cold brew',
      time: 43200,
      dose: '80 g to one litre of cold water',
      steps: ['Grind coarse, stir, cover.', 'Twelve hours somewhere cool.', 'Through a cloth, then through paper.', 'Over ice, with as much water again.'],
    },
  };
  const root = document.getElementById('guide');
  let running;

  const clock = (seconds) => {
    const two = (number) => String(number).padStart(2, '0');
    const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
    return h ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
  };

  function show() {
    clearInterval(running);
    const id = location.pathname.replace(/^\/app\/?/, '').replace(/\/$/, '');
    const method = METHODS[id];
    document.title = `${method ? method.name : 'Brew guide'} · Harbour Coffee`;
    root.replaceChildren();
    if (!method) {
      const list = element('ul', { class: 'methods' });
      for (const [id, { name, dose }] of Object.entries(METHODS)) {
        list.append(element('li', {}, element('a', { href: `/app/${id}`, 'data-view': id }, element('b', {}, name), element('span', { class: 'notes' }, dose))));
      }
      root.append(
        element('h1', {}, 'Brew guide'),
        element('p', { class: 'lead' }, 'Four ways to a good cup. Pick one; the clock comes with it.'),
        list,
      );
      return;
    }
    const face = element('p', { class: 'clock', role: 'timer' }, clock(method.time));
    const start = element('button', { class: 'button', type: 'button', id: 'start' }, 'Start the clock');
    start.addEventListener('click', () => {
      let left = method.time;
      clearInterval(running);
      start.textContent = 'Start again';
      footfall('brew', { method: id });
      running = setInterval(() => {
        left = Math.max(0, left - 1);
        face.textContent = clock(left);
      }, 1000);
    });
    root.append(
      element('nav', { class: 'crumbs' }, element('a', { href: '/app/', 'data-view': '' }, 'Brew guide'), ` / ${method.name}`),
      element('h1', {}, method.name),
      element('p', { class: 'lead' }, method.dose),
      face,
      start,
      element('ol', {}, ...method.steps.map((step) => element('li', {}, step))),
    );
  }

  document.addEventListener('click', (event) => {
    const link = event.target.closest('a[data-view]');
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
    event.preventDefault();
    history.pushState({}, '', link.getAttribute('href'));
    show();
    scrollTo(0, 0);
  });
  addEventListener('popstate', show);
  show();
})();
