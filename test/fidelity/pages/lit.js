import { css, html, LitElement } from 'lit';
import { repeat } from 'lit/directives/repeat.js';

// Custom elements with shadow roots in shadow roots, slots, and style sheets that are adopted and replaced.

class ShopCard extends LitElement {
  static properties = { name: { reflect: true }, open: { type: Boolean, reflect: true } };
  static styles = css`
    :host { display: block; border: 1px solid; padding: 4px }
    :host([open]) { border-color: crimson }
    button:hover { color: crimson }
  `;
  render() {
    return html`<slot name="title"></slot><button @click=${() => (this.open = !this.open)}>${this.name}</button>
      ${this.open ? html`<p part="more">More about ${this.name}: <slot></slot></p>` : ''}`;
  }
}
customElements.define('shop-card', ShopCard);

class ShopList extends LitElement {
  static properties = { names: { state: true }, wide: { state: true } };
  static styles = [css`ul { list-style: none }`, css`li { margin: 4px 0 }`];
  constructor() {
    super();
    this.names = ['Harbour', 'Morning', 'Decaf'];
  }
  render() {
    return html`<button id="turn" @click=${() => (this.names = [...this.names].reverse())}>Turn</button>
      <button id="add" @click=${() => (this.names = [...this.names, `Blend ${this.names.length}`])}>Add</button>
      <button id="wide" @click=${this.restyle}>Restyle</button>
      <ul>${repeat(
        this.names,
        (name) => name,
        (name) => html`<li><shop-card name=${name}><b slot="title">${name} blend</b>slotted</shop-card></li>`,
      )}</ul>`;
  }
  restyle() {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('li { margin: 12px } li:first-child { outline: 1px solid }');
    this.renderRoot.adoptedStyleSheets = [...this.renderRoot.adoptedStyleSheets, sheet];
    sheet.insertRule('ul { padding: 2px }');
  }
}
customElements.define('shop-list', ShopList);
document.getElementById('app').innerHTML = '<shop-list></shop-list>';
