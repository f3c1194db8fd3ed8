import Alpine from 'alpinejs';

// Behaviour in attributes, some with names that setAttribute refuses.

document.getElementById('app').innerHTML = `
  <div x-data="{ open: false, tab: 'one', items: ['x', 'y'] }">
    <button id="open" @click="open = !open" :aria-expanded="open">Menu</button>
    <ul x-show="open" x-transition.duration.50ms @click.outside="open = false"><li>First</li><li>Second</li></ul>
    <button id="tab" @click="tab = tab === 'one' ? 'two' : 'one'" x-text="'Tab ' + tab"></button>
    <template x-if="tab === 'two'"><section>The second <b x-text="items.length"></b></section></template>
    <button id="push" @click="items.push('z' + items.length)">Push</button>
    <template x-for="item in items" :key="item"><p x-text="item" :class="item.length > 1 && 'long'"></p></template>
    <label>Live <input id="live" x-model="tab"></label>
  </div>`;
Alpine.start();
