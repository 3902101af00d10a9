// directline - npm offline-directline on loopback, in a process of its own (it has timers that
// never end): node directline.mjs BOT_URL prints its address. A real channel, the barest there is:
// no recipient, no tenant, no object ids, empty member lists.
import http from 'node:http';
import { createRequire } from 'node:module';

const need = createRequire(createRequire(import.meta.url).resolve('offline-directline'));
const express = need('express'), { getRouter } = need('offline-directline/dist/bridge.js');
const app = express();
const server = http.createServer(app);
console.warn = () => {};
server.listen(0, '127.0.0.1', () => {
  const url = `http://127.0.0.1:${server.address().port}`;
  const print = console.log;
  console.log = () => {};
  app.use(getRouter(url, process.argv[2], false));
  print(url);
});
