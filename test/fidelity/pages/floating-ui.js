import { arrow, autoUpdate, computePosition, flip, offset, shift } from '@floating-ui/dom';

// A tooltip that follows its button through scrolling.

document.getElementById('app').innerHTML = `
  <div id="box" style="height: 200px; width: 300px; overflow: auto; position: relative">
  <div style="height: 900px; padding-top: 300px"><button id="at">Here</button></div></div>
  <div id="tip" hidden style="position: absolute; top: 0; left: 0; background: #222; color: #fff">A tip<i id="arrow" style="position: absolute">◆</i></div>`;
const [at, tip, tail] = ['at', 'tip', 'arrow'].map((id) => document.getElementById(id));
let stop;
at.onclick = () => {
  tip.hidden = !tip.hidden;
  stop?.();
  if (tip.hidden) return;
  stop = autoUpdate(at, tip, async () => {
    const middleware = [offset(6), flip(), shift(), arrow({ element: tail })];
    const { x, y, placement, middlewareData } = await computePosition(at, tip, { placement: 'top', middleware });
    tip.dataset.placement = placement;
    Object.assign(tip.style, { left: `${x}px`, top: `${y}px` });
    Object.assign(tail.style, { left: `${middlewareData.arrow?.x}px` });
  });
};
