import { elementScroll, observeElementOffset, observeElementRect, Virtualizer } from '@tanstack/virtual-core';

// Ten thousand rows of which those in sight are there.

document.getElementById('app').innerHTML =
  '<div id="list" style="height: 400px; overflow: auto"><div id="all"></div></div>';
const list = document.getElementById('list');
const all = document.getElementById('all');
all.style.position = 'relative';
const virtual = new Virtualizer({
  count: 10_000,
  getScrollElement: () => list,
  estimateSize: (i) => 24 + (i % 3) * 8,
  overscan: 5,
  scrollToFn: elementScroll,
  observeElementRect,
  observeElementOffset,
  onChange: draw,
});
function draw() {
  all.style.height = `${virtual.getTotalSize()}px`;
  const rows = virtual.getVirtualItems().map(({ index, start, size }) => {
    const row = all.querySelector(`[data-index="${index}"]`) ?? document.createElement('div');
    row.dataset.index = index;
    row.textContent ||= `Row ${index}`;
    row.style.cssText = `position: absolute; top: 0; height: ${size}px; transform: translateY(${start}px)`;
    return row;
  });
  all.replaceChildren(...rows);
}
virtual._didMount();
virtual._willUpdate();
draw();
