// Opens one page in an installed Chromium, waits until a text is on it, prints the page's text, and takes a picture.
// usage: node look.mjs --installation DIR --browser FILE --url URL --wait-for TEXT [--picture FILE]
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: Object.fromEntries(['installation', 'browser', 'url', 'wait-for', 'picture'].map((name) => [name, { type: 'string' }])),
});
const { chromium } = createRequire(join(values.installation, 'package.json'))('playwright-core');
const browser = await chromium.launch({
  executablePath: values.browser,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
try {
  const page = await browser.newPage({ viewport: { width: 1400, height: 1000 } });
  await page.goto(values.url);
  await page.getByText(values['wait-for']).first().waitFor({ timeout: 30_000 });
  await page.waitForTimeout(500); // the picture: let what was drawn settle
  if (values.picture) await page.screenshot({ path: values.picture });
  console.log(await page.evaluate(() => document.body.innerText));
} finally {
  await browser.close();
}
