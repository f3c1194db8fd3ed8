/** @jsxImportSource preact */
import { Fragment, render } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

// Fragments that change places, a subtree that is swapped, HTML that is set as text.

function App() {
  const [tab, setTab] = useState('list');
  const [order, setOrder] = useState([1, 2, 3]);
  const [ticks, setTicks] = useState(0);
  const box = useRef(null);
  useEffect(() => {
    if (ticks < 5) setTimeout(setTicks, 20, ticks + 1);
  }, [ticks]);
  return (
    <>
      <nav>
        {['list', 'text', 'table'].map((one) => (
          <button type="button" key={one} id={one} aria-pressed={tab === one} onClick={() => setTab(one)}>
            {one}
          </button>
        ))}
        <button type="button" id="turn" onClick={() => setOrder([...order].reverse().concat(order.length + 1))}>
          Turn
        </button>
      </nav>
      <p ref={box} data-ticks={ticks}>
        Ticks: {ticks}
      </p>
      {tab === 'list' && (
        <dl>
          {order.map((n) => (
            <Fragment key={n}>
              <dt>Term {n}</dt>
              <dd>What it means, {n}</dd>
            </Fragment>
          ))}
        </dl>
      )}
      {tab === 'text' && <div dangerouslySetInnerHTML={{ __html: '<b>Bold</b> &amp; <i>italic</i><br>text' }} />}
      {tab === 'table' && (
        <table>
          <tbody>
            {order.map((n) => (
              <tr key={n}>
                <td>{n}</td>
                <td>{n * n}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}

render(<App />, document.getElementById('app'));
