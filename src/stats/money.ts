/**
 * Decimal text with as many places as the currency has, and more only where the amount does.
 * @example money('19.8000', 'EUR') // '19.80'
 */
export function money(amount: string, currency: string): string {
  const [whole = '0', fraction = ''] = amount.split('.');
  const places = /^[A-Z]{3}$/.test(currency) ? placesOf(currency) : 0;
  const kept = fraction.replace(/0+$/, '').padEnd(places, '0');
  return kept ? `${whole}.${kept}` : whole;
}

const placesOf = (currency: string): number =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().minimumFractionDigits ?? 2;
