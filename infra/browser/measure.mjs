// Opens one page of ours in an installed Chromium, in one colour scheme and width, and tells as JSON what is wrong with its look:
// elements that stick out, texts with too little contrast, and what each picture shows.
// usage: node measure.mjs --installation DIR --browser FILE --url URL --scheme light|dark --width PIXELS [--picture FILE]
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: Object.fromEntries(['installation', 'browser', 'url', 'scheme', 'width', 'picture'].map((name) => [name, { type: 'string' }])),
});
const { chromium } = createRequire(join(values.installation, 'package.json'))('playwright-core');
const browser = await chromium.launch({
  executablePath: values.browser,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});

function look() {
  const channels = (color) => (color.match(/[\d.]+/g) ?? []).map(Number);
  const over = ([r, g, b, a = 1], [R, G, B]) => [r * a + R * (1 - a), g * a + G * (1 - a), b * a + B * (1 - a)];
  const luminance = (rgb) => {
    const [r, g, b] = rgb.map((c) => c / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ratio = (a, b) => {
    const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
    return (light + 0.05) / (dark + 0.05);
  };
  const background = (element) => (element
    ? over(channels(getComputedStyle(element).backgroundColor), background(element.parentElement))
    : [255, 255, 255]);
  const isShown = (element) => element.checkVisibility() && getComputedStyle(element).clipPath === 'none'
    && ![...ancestors(element)].some((one) => getComputedStyle(one).clipPath !== 'none');
  function* ancestors(element) { for (let one = element.parentElement; one; one = one.parentElement) yield one; }

  const width = document.documentElement.clientWidth;
  const sticksOut = [...document.querySelectorAll('main *')]
    .filter((element) => !element.closest('svg') && isShown(element))
    .filter((element) => { const box = element.getBoundingClientRect(); return box.width > 0 && (box.right > width + 0.5 || box.left < -0.5); })
    .map((element) => `${element.tagName.toLowerCase()}.${element.className}: ${element.textContent.trim().slice(0, 40)}`);

  const faint = [];
  const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
  let texts = 0;
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    const text = walker.currentNode.textContent.trim();
    if (text && isShown(element)) {
      texts++;
      const style = getComputedStyle(element);
      const behind = background(element);
      const found = ratio(over(channels(element.closest('svg') ? style.fill : style.color), behind), behind);
      if (found < 4.5) faint.push(`${found.toFixed(2)} ${text.slice(0, 40)}`);
    }
  }

  const pictures = [...document.querySelectorAll('svg')].map((svg) => {
    const frame = svg.getBoundingClientRect();
    const isInside = (box) => box.left >= frame.left - 1 && box.right <= frame.right + 1 && box.top >= frame.top - 1 && box.bottom <= frame.bottom + 1;
    const fills = {};
    let outside = 0;
    for (const shape of svg.querySelectorAll('path, rect, circle, line, polyline, polygon, text')) {
      const box = shape.getBoundingClientRect();
      if (shape.closest('clipPath') || box.width + box.height === 0) continue;
      if (!isInside(box)) outside++;
      const fill = getComputedStyle(shape).fill;
      if (box.width * box.height > 0.5) fills[fill] = (fills[fill] ?? 0) + 1;
    }
    return { label: svg.getAttribute('aria-label'), width: frame.width, height: frame.height, outside, fills };
  });
  const swatches = [...document.querySelectorAll('.legend i')].map((one) => getComputedStyle(one).backgroundColor);
  return { overflow: document.documentElement.scrollWidth - width, sticksOut, faint, texts, pictures, swatches };
}

try {
  const page = await browser.newPage({ viewport: { width: Number(values.width), height: 900 }, colorScheme: values.scheme });
  await page.goto(values.url);
  if (values.picture) await page.screenshot({ path: values.picture, fullPage: true });
  console.log(JSON.stringify(await page.evaluate(look)));
} finally {
  await browser.close();
}
