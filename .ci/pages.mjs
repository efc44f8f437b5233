// Opens report pages as readers do: no error, no request, charts visible, values under pointer and keys, series and
// theme that switch, no barrier that axe knows, and print without cut charts. Usage: node pages.mjs page.html ...
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const faults = [];
const browser = await chromium.launch({
  executablePath: process.env.BROWSER,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'],
});

// The printable part of A4 with the page's margins, in pixels of 1/96 inch.
const A4 = { width: 688, height: 1016 };

async function open(address, options) {
  const context = await browser.newContext({ viewport: { width: 1200, height: 900 }, ...options });
  const page = await context.newPage();
  const say = (what) => faults.push(`${address}: ${what}`);
  page.on('console', (message) => message.type() === 'error' && say(message.text()));
  page.on('pageerror', (error) => say(error.message));
  page.on('request', (request) => {
    const isHere = request.url() === address || request.url().startsWith('data:');
    if (!isHere) say(`asks for ${request.url()}`);
  });
  await page.goto(address);
  return { page, say, close: () => context.close() };
}

async function charts({ page, say }) {
  for (const figure of await page.locator('figure').all()) {
    const name = await figure.getAttribute('id');
    const drawing = figure.locator('.paper svg');
    await drawing.scrollIntoViewIfNeeded();
    let box = await drawing.boundingBox();
    if (!box || box.width < 300 || box.height < 60) say(`${name} is not visible`);
    const read = JSON.parse(await figure.locator('script.readings').textContent());
    if (read.probes.length || read.spots.length) {
      const tip = figure.locator('.tip');
      const paper = figure.locator('.paper');
      await paper.focus();
      await page.keyboard.press('ArrowRight');
      if (!(await tip.isVisible())) say(`${name}: no value for the arrow keys`);
      await page.keyboard.press('Escape');
      if (await tip.isVisible()) say(`${name}: Escape hides nothing`);
      if (read.probes.length) {
        // The focus may have scrolled the page, and the tip may have widened it.
        box = await drawing.boundingBox();
        const scale = box.width / 960;
        const [left, top, right, bottom] = read.probes[0].plot;
        const above = Number((await drawing.getAttribute('viewBox')).split(' ')[1]);
        await page.mouse.move(box.x + scale * (left + right) / 2, box.y + scale * ((top + bottom) / 2 - above));
      } else {
        await figure.locator('.spot').first().hover({ force: true });
      }
      if (!(await tip.isVisible())) say(`${name}: no value under the pointer`);
      await page.mouse.move(0, 0);
    }
    const button = figure.locator('.legend button').first();
    if (await button.count()) {
      await button.press('Enter');
      const shown = await figure.locator('g[data-s="0"]').evaluateAll((groups) => groups.some((it) => it.getClientRects().length));
      if (shown) say(`${name}: the legend hides nothing`);
      await button.press('Enter');
    }
  }
}

async function themes({ page, say }) {
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const before = await ground();
  await page.locator('#theme').click();
  if ((await ground()) === before) say('the theme does not change');
}

async function barriers(address, colorScheme) {
  // axe is no part of the page, whose policy would refuse it.
  const { page, say, close } = await open(address, { bypassCSP: true, colorScheme });
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run());
  for (const { id, nodes } of violations) say(`${colorScheme}: axe ${id}: ${nodes[0].html.slice(0, 200)}`);
  await close();
}

async function print(address) {
  const { page, say, close } = await open(address, { viewport: A4, colorScheme: 'dark' });
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  for (const figure of await page.locator('figure').all()) {
    const { width, height } = await figure.boundingBox();
    if (height > A4.height || width > A4.width) say(`${await figure.getAttribute('id')} is cut in print`);
  }
  const pdf = (await page.pdf({ preferCSSPageSize: true, printBackground: true })).toString('latin1');
  const sheets = pdf.match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0;
  const figures = await page.locator('figure').count();
  // At most two sheets a chart, a dozen for tables, and of long texts at least 1,200 letters a sheet.
  const letters = (await page.locator('main').innerText()).length;
  const most = 12 + 2 * figures + (figures ? 0 : letters / 1200);
  if (sheets < Math.max(1, figures / 3) || sheets > most) say(`prints on ${sheets} sheets`);
  if (!/\/MediaBox\s*\[0 0 59[45][.\d]* 84[12]/.test(pdf)) say('does not print on A4');
  await close();
  return sheets;
}

for (const file of process.argv.slice(2)) {
  const address = pathToFileURL(resolve(file)).href;
  const reader = await open(address);
  await charts(reader);
  await themes(reader);
  await reader.close();
  await barriers(address, 'light');
  await barriers(address, 'dark');
  console.log(`${file}: ${await print(address)} sheets of A4`);
}
await browser.close();
faults.forEach((fault) => console.error(fault));
process.exit(faults.length ? 1 : 0);
