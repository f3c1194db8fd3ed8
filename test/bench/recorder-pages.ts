/** The pages on which recording is measured; `{{TAG}}` becomes the snippet's tag, or nothing. */

const page = (title: string, style: string, body: string) =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title><style>${style}</style>{{TAG}}</head><body>${body}</body></html>`;

const times = (n: number, one: (i: number) => string) => Array.from({ length: n }, (_, i) => one(i)).join('');

const WORDS = 'The harbour is quiet in the morning and the roasting begins before the first ferry has come in. ';

/** 80 kB of rules, as an ordinary site has, and some that are used. */
const css =
  'body{font:16px/1.6 sans-serif;margin:auto;max-width:48rem}nav a{margin-right:1rem}' +
  times(
    900,
    (i) => `.unused-${i}:hover>.part{color:rgb(${i % 255},10,20);margin:0 auto;padding:${i % 9}px ${i % 7}px}`,
  );

const content = page(
  'An article',
  css,
  `<nav>${times(12, (i) => `<a href="#s${i}">Section ${i}</a>`)}</nav>` +
    times(
      12,
      (i) => `<section id="s${i}"><h2>Section ${i}</h2>${times(6, () => `<p>${WORDS.repeat(4)}</p>`)}</section>`,
    ) +
    '<form><input name="search"><button type="button">Search</button></form>',
);

/** 4,300 nodes, of which something changes four times a second: texts, classes, a line that comes and one that goes, a bar that grows. */
const app = page(
  'An application',
  `${css}.row{display:flex;gap:8px}.on{font-weight:600}#bar{height:4px;width:0;background:#06c}`,
  `<div id="bar"></div><input name="filter"><ul id="log"></ul><main>${times(
    610,
    (i) => `<div class="row" id="r${i}"><b>Item ${i}</b><i>open</i><span>${i * 7}</span></div>`,
  )}</main><script>
    let n = 0;
    setInterval(() => {
      n++;
      for (let i = 0; i < 12; i++) {
        const row = document.getElementById('r' + ((n * 13 + i * 31) % 610));
        row.lastChild.textContent = n * i;
        row.classList.toggle('on');
      }
      const line = document.createElement('li');
      line.innerHTML = '<b>Update</b> ' + n;
      log.append(line);
      if (log.children.length > 20) log.firstChild.remove();
    }, 250);
    const grow = (now) => { bar.style.width = (now / 50) % 100 + '%'; requestAnimationFrame(grow); };
    requestAnimationFrame(grow);
  </script>`,
);

/** A table of 10,000 rows that comes a second after the page, and is built anew each second. */
const table = page(
  'A table',
  'td{padding:2px 8px}table{table-layout:fixed;contain:strict;height:4000px;display:block}',
  `<h1>Prices</h1><table></table><script>
    let n = 0;
    const build = () => {
      n++;
      let rows = '';
      for (let i = 0; i < 10000; i++) rows += '<tr><td>' + i + '<td>Item ' + i + '<td>' + (i * n) % 997 + '</tr>';
      document.querySelector('table').innerHTML = rows;
    };
    addEventListener('load', () => setInterval(build, 1000));
  </script>`,
);

/** A scene of 60 triangles that turns, and a text that says how often it was drawn. */
const webgl = page(
  'A scene',
  'canvas{width:800px;height:450px}',
  `<canvas width="800" height="450"></canvas><p id="frames"></p><script>
    const gl = document.querySelector('canvas').getContext('webgl');
    if (!gl) throw new Error('no WebGL');
    const program = gl.createProgram();
    const shader = (type, source) => {
      const it = gl.createShader(type);
      gl.shaderSource(it, source);
      gl.compileShader(it);
      gl.attachShader(program, it);
    };
    shader(gl.VERTEX_SHADER, 'attribute vec2 p;uniform float a;void main(){gl_Position=vec4(p.x*cos(a)-p.y*sin(a),p.x*sin(a)+p.y*cos(a),0,1);}');
    shader(gl.FRAGMENT_SHADER, 'precision mediump float;void main(){gl_FragColor=vec4(.1,.5,.9,1);}');
    gl.linkProgram(program);
    gl.useProgram(program);
    gl.bindBuffer(gl.ARRAY_BUFFER, gl.createBuffer());
    gl.bufferData(gl.ARRAY_BUFFER, Float32Array.from({ length: 360 }, (_, i) => Math.sin(i * 12.9898) * 0.9), gl.STATIC_DRAW);
    gl.enableVertexAttribArray(0);
    gl.vertexAttribPointer(0, 2, gl.FLOAT, false, 0, 0);
    const angle = gl.getUniformLocation(program, 'a');
    let n = 0;
    const draw = (now) => {
      gl.uniform1f(angle, now / 1000);
      gl.clear(gl.COLOR_BUFFER_BIT);
      gl.drawArrays(gl.TRIANGLES, 0, 180);
      if (++n % 30 === 0) frames.textContent = n + ' frames';
      requestAnimationFrame(draw);
    };
    requestAnimationFrame(draw);
  </script>`,
);

export const PAGES: [name: string, html: string][] = [
  ['a content page', content],
  ['an app, 4,300 nodes', app],
  ['a table, 10,000 rows a second', table],
  ['a WebGL page', webgl],
];
