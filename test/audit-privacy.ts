import { audit } from './browser/audit.ts';
import { launch } from './browser/chromium.ts';

/**
 * `npm run audit:privacy -- https://shop.example/`: types into every field of a page that carries the snippet, in Chromium,
 * and looks for it in all that the snippet sends. Ends with 1 if anything left the browser, or if nothing was recorded.
 */

const [url] = process.argv.slice(2);
if (!url || !URL.canParse(url)) {
  console.error('Which page? npm run audit:privacy -- https://shop.example/');
  process.exit(2);
}
const browser = await launch();
try {
  const { fields, requests, chunks, bytes, lines, leaks } = await audit(browser, url);
  console.log(`Typed into ${fields.length} fields:`);
  for (const field of fields) console.log(`  ${field}`);
  console.log(`The snippet sent ${requests} requests, ${chunks} of them of a recording: ${bytes} bytes of text.`);
  console.log(
    lines > 0
      ? `${lines} lines of console and requests were recorded, with what was typed and with secrets in them.`
      : 'No line of console or requests was recorded: the site has them off, or there is no recording.',
  );
  for (const { field, request, text } of leaks) console.log(`Left the browser: ${field} in ${request}: …${text}…`);
  if (chunks === 0)
    console.log('Nothing was recorded, so this proves nothing: is the visit one that its site records?');
  else if (leaks.length === 0) console.log('Nothing of what was typed left the browser.');
  process.exitCode = leaks.length > 0 || chunks === 0 ? 1 : 0;
} finally {
  await browser.close();
}
