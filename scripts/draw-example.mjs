/**
 * Draws `src/documents/example-photo.jpg`: homework on a desk with a hand's shadow, for those who want to see what Papel
 * does before they have a page at hand. Run by hand when the picture is to change: `node scripts/draw-example.mjs`,
 * with CHROMIUM_PATH where Playwright has no browser of its own.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { root } from './root.mjs';

const lines = [
  ['1.', 'Where does the water in a cloud come from?', 'From the sea. The sun warms it and it rises.'],
  ['2.', 'What is it called when water turns to vapor?', 'Evaporation'],
  ['3.', 'Why does a cold glass get wet outside?', 'Vapor in the air touches it and turns to drops.'],
  ['4.', 'Name three forms of precipitation.', 'rain, snow, hail'],
];

const page = `<!doctype html><meta charset="utf-8"><style>
  body { margin: 0; width: 1200px; height: 1600px; overflow: hidden; perspective: 2600px;
    background: repeating-linear-gradient(92deg, #8b6a47 0 37px, #86643f 37px 71px, #8f6f4c 71px 118px, #82603d 118px 150px); }
  .sheet { position: absolute; left: 150px; top: 110px; width: 890px; height: 1259px; padding: 84px 80px; box-sizing: border-box;
    transform: rotateX(17deg) rotateY(-7deg) rotateZ(3.5deg); background: #fbfaf6; color: #23242a;
    box-shadow: 0 6px 22px rgb(30 18 6 / 55%); font: 27px/1.35 'DejaVu Sans', sans-serif; }
  h1 { margin: 0 0 6px; font: 600 44px/1.2 'DejaVu Serif', serif; }
  .name { display: flex; gap: 40px; margin: 18px 0 40px; }
  .name span { flex: 1; border-bottom: 2px solid #555; }
  .answer { margin: 14px 0 36px 46px; padding: 4px 0; color: #27408f; border-bottom: 2px dotted #999;
    font: italic 32px/1.3 'DejaVu Serif', serif; transform: rotate(-0.6deg); }
  b { display: inline-block; width: 46px; }
  svg { display: block; margin: 24px auto 0; }
  .shade { position: absolute; inset: 0; background:
    radial-gradient(ellipse 720px 460px at 1010px 1330px, rgb(20 14 8 / 46%) 35%, transparent 72%),
    linear-gradient(118deg, rgb(255 240 205 / 16%), transparent 45%, rgb(12 14 34 / 30%)); }
</style><div class="sheet">
  <h1>The water cycle</h1><div>Science, Grade 7</div>
  <div class="name"><span>Name: <i>Maria Santos</i></span><span>Section: <i>Mabini</i></span></div>
  ${lines.map(([number, question, answer]) => `<div><b>${number}</b>${question}</div><div class="answer">${answer}</div>`).join('')}
  <svg width="560" height="234" viewBox="0 -24 560 234" fill="none" stroke="#3b4250" stroke-width="4">
    <path d="M10 190q35-22 70 0t70 0 70 0 70 0 70 0 70 0 70 0"/><circle cx="80" cy="60" r="30"/>
    <path d="M300 90a34 34 0 0 1 6-66 48 48 0 0 1 90-6 38 38 0 0 1 40 72z"/>
    <path d="M130 168V90m-14 16 14-18 14 18M330 112v50m44-50v50m44-50v50"/></svg>
</div><div class="shade"></div>`;

const { CHROMIUM_PATH: executablePath } = process.env;
const browser = await chromium.launch({
  ...(executablePath === undefined ? {} : { executablePath }),
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});
const tab = await browser.newPage({ viewport: { width: 1200, height: 1600 } });
await tab.setContent(page);
const picture = await tab.screenshot({ type: 'jpeg', quality: 78 });
await browser.close();
writeFileSync(join(root, 'src/documents/example-photo.jpg'), picture);
process.stdout.write(`${picture.length} bytes\n`);
