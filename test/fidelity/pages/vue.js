import { createApp, ref } from 'vue/dist/vue.esm-bundler.js';

// A transition group, v-show, v-model, a teleport.

createApp({
  setup() {
    const items = ref([3, 1, 2]);
    const name = ref('');
    const open = ref(false);
    const agree = ref(false);
    return { items, name, open, agree, next: ref(4) };
  },
  template: `
    <label>Name <input id="name" v-model="name"></label> <b v-if="name">{{ name.length }} letters</b>
    <label><input type="checkbox" id="agree" v-model="agree"> Agree</label>
    <p v-show="agree">Agreed</p>
    <button id="add" @click="items.unshift(next++)">Add</button>
    <button id="sort" @click="items.sort()">Sort</button>
    <button id="drop" @click="items.splice(1, 1)">Drop</button>
    <transition-group name="list" tag="ol"><li v-for="n in items" :key="n" :class="{ even: n % 2 === 0 }">Item {{ n }}</li></transition-group>
    <button id="open" @click="open = !open">More</button>
    <teleport to="body"><transition><aside v-if="open"><slot>Teleported</slot> {{ items.length }}</aside></transition></teleport>
  `,
}).mount('#app');

const style = document.createElement('style');
style.textContent =
  '.list-enter-active,.list-leave-active,.v-enter-active{transition:opacity .1s}.list-enter-from,.list-leave-to,.v-enter-from{opacity:0}';
document.head.append(style);
