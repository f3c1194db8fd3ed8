import * as d3 from 'd3';

// A chart in SVG: bars that join, leave and move by transitions, an axis, a brush.

const svg = d3.select('#app').append('svg').attr('width', 500).attr('height', 200);
const bars = svg.append('g').attr('fill', 'steelblue');
const axis = svg.append('g').attr('transform', 'translate(0,180)');
const button = d3.select('#app').append('button').attr('id', 'next').text('Next');
let round = 0;
function draw() {
  const data = d3.range(5 + (round % 3)).map((i) => ({ name: `B${i + round}`, value: ((i + round) * 37) % 90 }));
  const x = d3
    .scaleBand(
      data.map(({ name }) => name),
      [0, 500],
    )
    .padding(0.1);
  axis.transition().duration(150).call(d3.axisBottom(x));
  bars
    .selectAll('rect')
    .data(data, ({ name }) => name)
    .join((enter) => enter.append('rect').attr('y', 180).attr('height', 0))
    .transition()
    .duration(150)
    .attr('x', ({ name }) => x(name))
    .attr('width', x.bandwidth())
    .attr('y', ({ value }) => 180 - value)
    .attr('height', ({ value }) => value);
  round += 1;
}
button.on('click', draw);
svg.append('g').call(
  d3.brushX().extent([
    [0, 0],
    [500, 180],
  ]),
);
draw();
