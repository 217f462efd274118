// CloudWatch Synthetics: what a school would miss first, asked from outside.
const https = require('node:https');

function ask(path, accept) {
  const options = { host: process.env.PAPEL_HOST, path, headers: { accept }, timeout: 10_000 };
  return new Promise((resolve, reject) => {
    const request = https.get(options, (answer) => {
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (part) => (text += part));
      answer.on('end', () => resolve({ status: answer.statusCode, text }));
      answer.on('error', reject);
    });
    request.on('timeout', () => request.destroy(new Error(`${path} does not answer`)));
    request.on('error', reject);
  });
}

exports.handler = async () => {
  const page = await ask('/', 'text/html');
  const config = await ask('/api/config?market=' + process.env.PAPEL_MARKET, 'application/json');
  const missing = await ask('/assets/canary-missing.bin', 'text/html');
  if (page.status !== 200 || !page.text.includes('<div id="root"')) throw new Error(`The page: ${page.status}`);
  if (config.status !== 200) throw new Error(`The configuration: ${config.status}`);
  if (missing.status !== 404) throw new Error(`A missing file: ${missing.status}`);
  const script = /src="(\/assets\/[^"]+\.js)"/.exec(page.text);
  const { status } = await ask(script === null ? '/assets/' : script[1], '*/*');
  if (status !== 200) throw new Error(`The app's script: ${status}`);
};
