import m from 'mithril';

// A single-page application by its router, with keyed and unkeyed children.

const page = (name, view) => ({ view: () => m('div', [m('h1', name), links(), view()]) });
const links = () =>
  m(
    'nav',
    ['/one', '/two', '/three'].map((href) => m(m.route.Link, { href, key: href }, href)),
  );
const list = [1, 2, 3];
m.route(document.getElementById('app'), '/one', {
  '/one': page('One', () =>
    m(
      'ul',
      list.map((n) => m('li', { key: n }, n)),
    ),
  ),
  '/two': page('Two', () => [
    m('button#add', { onclick: () => list.unshift(list.length + 1) }, 'Add'),
    m('p', list.join()),
  ]),
  '/three': page('Three', () => m.trust('<p>Trusted <em>markup</em></p><p>twice</p>')),
});
