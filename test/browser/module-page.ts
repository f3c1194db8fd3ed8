import { footfall } from 'footfall/snippet';

// What an application that is bundled has in it; its code runs before the tag's script is there. See module.test.ts.

declare global {
  interface Window {
    imported: typeof footfall;
  }
}

window.imported = footfall;
footfall.identify('customer-17');
footfall('signup', { plan: 'pro' });
footfall('order', { bags: 2 }, { amount: '9.90', currency: 'EUR' });
