import Chart from 'chart.js/auto';

// A canvas: its place is recorded, and what stands around it; what it shows where the site wants that.

document.getElementById('app').innerHTML =
  '<button id="more">More</button><div style="width: 400px"><canvas id="chart"></canvas></div><p id="sum"></p>';
const data = [4, 8, 2];
const chart = new Chart('chart', {
  type: 'bar',
  data: { labels: ['a', 'b', 'c'], datasets: [{ data }] },
  options: { animation: { duration: 100 } },
});
document.getElementById('more').onclick = () => {
  data.push(data.length);
  chart.data.labels.push(`n${data.length}`);
  chart.update();
  document.getElementById('sum').textContent = `Sum: ${data.reduce((a, b) => a + b)}`;
};
