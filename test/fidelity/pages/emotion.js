import { css, keyframes } from '@emotion/css';

// Styles in JavaScript: each new class is a rule put into a sheet of its own, whose element stays empty.

const grow = keyframes`from { opacity: 0.2 } to { opacity: 1 }`;
const app = document.getElementById('app');
const button = document.createElement('button');
button.id = 'more';
button.textContent = 'More';
const list = document.createElement('ul');
button.onclick = () => {
  const n = list.childElementCount;
  const item = document.createElement('li');
  item.className = css`
    color: hsl(${n * 60} 60% 40%);
    padding-left: ${n * 8}px;
    animation: ${grow} 0.1s;
    &:hover { text-decoration: underline; }
    @media (min-width: ${400 + n}px) { font-weight: bold; }
  `;
  item.textContent = `Item ${n}`;
  list.append(item);
};
app.append(button, list);
