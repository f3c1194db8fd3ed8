import Swiper from 'swiper';
import { Navigation, Pagination } from 'swiper/modules';
import 'swiper/css';
import 'swiper/css/navigation';
import 'swiper/css/pagination';

// A carousel that moves by transforms.

document.getElementById('app').innerHTML = `
  <div class="swiper" style="height: 200px"><div class="swiper-wrapper">
  ${[1, 2, 3, 4].map((n) => `<div class="swiper-slide">Slide ${n}</div>`).join('')}</div>
  <div class="swiper-pagination"></div><div class="swiper-button-prev"></div><div class="swiper-button-next"></div></div>`;
new Swiper('.swiper', {
  modules: [Navigation, Pagination],
  loop: true,
  speed: 120,
  pagination: { el: '.swiper-pagination', clickable: true },
  navigation: { nextEl: '.swiper-button-next', prevEl: '.swiper-button-prev' },
});
