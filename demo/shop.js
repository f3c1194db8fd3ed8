'use strict';

const PRODUCTS = {
  'harbour-blend': { name: 'Harbour Blend', cents: 990 },
  'night-ferry': { name: 'Night Ferry', cents: 1150 },
  lighthouse: { name: 'Lighthouse Decaf', cents: 1040 },
  'fog-signal': { name: 'Fog Signal', cents: 1280 },
  'salt-wind': { name: 'Salt Wind', cents: 1320 },
  'slow-tide': { name: 'Slow Tide', cents: 1460 },
};

const $ = (selector, root = document) => root.querySelector(selector);
const all = (selector, root = document) => root.querySelectorAll(selector);
const euros = (cents) => `€${(cents / 100).toFixed(2)}`;

/** The cart: bags by product, kept in this browser. */
function readCart() {
  try {
    return JSON.parse(localStorage.getItem('cart') || '{}');
  } catch {
    return {};
  }
}

function writeCart(cart) {
  try {
    localStorage.setItem('cart', JSON.stringify(cart));
  } catch {}
  showCart();
}

function addToCart(product, bags) {
  const cart = readCart();
  cart[product] = Math.max(0, (cart[product] || 0) + bags);
  if (!cart[product]) delete cart[product];
  writeCart(cart);
}

function lines() {
  return Object.entries(readCart()).filter(([product]) => PRODUCTS[product]);
}

function total() {
  return lines().reduce((sum, [product, bags]) => sum + PRODUCTS[product].cents * bags, 0);
}

function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

function showCart() {
  for (const badge of all('[data-cart-count]')) {
    badge.textContent = lines().reduce((sum, [, bags]) => sum + bags, 0);
  }
  const sum = () => element('p', { class: 'total' }, 'Total', element('span', { id: 'total' }, euros(total())));
  const summary = $('#summary');
  if (summary) {
    summary.replaceChildren(
      ...lines().map(([product, bags]) =>
        element(
          'div',
          { class: 'line' },
          element('b', {}, PRODUCTS[product].name),
          element('span', {}, `${bags} ×`),
          element('span', {}, euros(PRODUCTS[product].cents)),
        ),
      ),
      sum(),
    );
  }
  const cart = $('#cart');
  if (!cart) return;
  if (!lines().length) {
    cart.replaceChildren($('#cart-empty').content.cloneNode(true));
    return;
  }
  cart.replaceChildren(
    ...lines().map(([product, bags]) => {
      const { name, cents } = PRODUCTS[product];
      return element(
        'div',
        { class: 'line' },
        element('a', { href: `/coffee/${product}/` }, element('b', {}, name)),
        element(
          'span',
          { class: 'steps' },
          element('button', { type: 'button', 'data-step': '-1', 'data-product': product, 'aria-label': `One ${name} less` }, '−'),
          element('span', {}, String(bags)),
          element('button', { type: 'button', 'data-step': '1', 'data-product': product, 'aria-label': `One ${name} more` }, '+'),
        ),
        element('span', {}, euros(cents * bags)),
      );
    }),
    sum(),
    element('a', { class: 'button', id: 'to-checkout', href: '/checkout/' }, 'To the checkout'),
  );
}

document.addEventListener('click', (event) => {
  const target = event.target.closest('[data-add],[data-step],[data-open]');
  if (!target) return;
  const { add, step, product, open } = target.dataset;
  if (add) {
    addToCart(add, 1);
    target.textContent = 'Added';
    setTimeout(() => {
      target.textContent = 'Add to cart';
    }, 1500);
  }
  if (step) addToCart(product, Number(step));
  if (open) document.getElementById(open).showModal();
});

$('[data-buy]')?.addEventListener('submit', (event) => {
  event.preventDefault();
  const { buy } = event.target.dataset;
  addToCart(buy, Math.max(1, Number(event.target.bags.value) || 1));
  footfall('add-to-cart', { product: buy });
  $('.added').hidden = false;
});

// The shop's stock used to be a service of its own. It is gone; the button is not.
$('#check-stock')?.addEventListener('click', () => {
  throw new Error('The stock service does not answer');
});

// "Save for later" was planned once: nothing listens to it.

$('.search')?.addEventListener('submit', (event) => event.preventDefault());
let searched;
$('#search')?.addEventListener('input', ({ target }) => {
  const words = target.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
  let found = 0;
  for (const card of all('#coffee .card')) {
    card.hidden = !words.every((word) => card.dataset.words.includes(word));
    if (!card.hidden) found++;
  }
  $('#found').hidden = !words.length;
  $('#found').textContent = found === 1 ? 'One coffee fits.' : `${found || 'No'} coffees fit.`;
  clearTimeout(searched);
  // How many were found, not what was sought: what people type is theirs.
  if (words.length) searched = setTimeout(() => footfall('search', { results: found }), 600);
});

$('#newsletter')?.addEventListener('submit', (event) => {
  event.preventDefault();
  footfall('signup', { plan: 'newsletter' });
  event.target.reset();
  $('.thanks').hidden = false;
});

$('#tasting')?.addEventListener('close', ({ target }) => {
  if (target.returnValue === 'book') footfall('tasting', { chairs: 1 });
});

// Bags leave the roaster by themselves.
const ticker = $('[data-ticker]');
if (ticker) {
  let left = Number(ticker.dataset.ticker);
  setInterval(() => {
    left = left > 7 ? left - 1 : 42;
    ticker.textContent = left;
  }, 2000);
}

$('#checkout')?.addEventListener('submit', (event) => {
  event.preventDefault();
  const bought = lines();
  if (event.target.password.value) footfall('signup', { plan: 'account' });
  for (const [product, bags] of bought) {
    footfall('purchase', { product }, { amount: ((PRODUCTS[product].cents * bags) / 100).toFixed(2), currency: 'EUR' });
  }
  try {
    sessionStorage.setItem('order', euros(total()));
  } catch {}
  writeCart({});
  location.href = '/thanks/';
});

if ($('#order')) {
  let paid = null;
  try {
    paid = sessionStorage.getItem('order');
  } catch {}
  if (paid) $('#order').textContent = `${paid} received. We roast it fresh and write when it leaves.`;
}

showCart();
addEventListener('storage', showCart);
addEventListener('pageshow', showCart);
