// Any other program as a channel: the proof that a channel is a small thing.
import assert from 'node:assert/strict';
import crypto from 'node:crypto';
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { Balie, repository, rows, until } from './harness.mjs';

const SECRET = 'webhook-secret';
const mark = (time, body) => 'v0=' + crypto.createHmac('sha256', SECRET).update(`v0:${time}:${body}`).digest('hex');

describe('the webhook channel', () => {
  let balie, portal, got, fail;
  before(async () => {
    got = [];
    fail = 0;
    portal = http.createServer((q, r) => {
      let body = '';
      q.on('data', (d) => { body += d; }).on('end', () => {
        assert.equal(q.headers['x-balie-signature'], mark(q.headers['x-balie-time'], body));
        if (fail-- > 0) { r.writeHead(503); return r.end(); }
        got.push(JSON.parse(body));
        r.end();
      });
    });
    await new Promise((ok) => portal.listen(0, '127.0.0.1', ok));
    balie = await Balie.prepare({ settings: { channels: { webhook: { url: `http://127.0.0.1:${portal.address().port}/r`, secret_env: 'WEBHOOK_SECRET' } } } });
    process.env.WEBHOOK_SECRET = SECRET;
    await balie.start();
  });
  after(async () => {
    try { await balie.stop(); } finally { portal.closeAllConnections(); portal.close(); await balie.discard(); }
  });
  const post = (o, { time = Math.floor(Date.now() / 1000), sign = mark } = {}) => {
    const body = typeof o === 'string' ? o : JSON.stringify(o);
    return balie.request('POST', '/webhook/messages', { body, headers: { 'x-balie-time': String(time), 'x-balie-signature': sign(time, body) } });
  };

  test('a message, its answer, a choice; an answer that could not be delivered at once', async () => {
    fail = 2;
    assert.equal((await post({ id: 'm1', place: 't1', email: 'Sanne.deVries@noorderlicht.example', text: 'hoeveel vakantiedagen heb ik nog' })).status, 200);
    await until('notice and answer', () => got.length === 2);
    assert.deepEqual(got.map((g) => g.place), ['t1', 't1']);
    assert.match(got[1].frame.text, /Je hebt nog \*\*\d+ uur\*\*/);
    assert.equal((await post({ id: 'm1', place: 't1', text: 'iets anders' })).status, 200);
    assert.equal((await post({ id: 'm2', place: 't1', email: 'sanne.devries@noorderlicht.example', text: 'hoe kook ik rijst' })).status, 200);
    await until('the question', () => got.length === 3);
    const no = got[2].frame.choices.at(-1);
    await post({ id: 'm3', place: 't1', email: 'sanne.devries@noorderlicht.example', choice: no.id });
    await until('the end', () => got.length === 4);
    assert.match(got[3].frame.text, /zet ik niets door/);
  });

  test('unsigned, stale and odd requests', async () => {
    const m = { id: 'x', place: 'y', text: 'z' };
    assert.equal((await post(m, { sign: () => 'v0=00' })).status, 401);
    assert.equal((await post(m, { time: 1 })).status, 401);
    assert.equal((await post('[1]')).status, 400);
    assert.equal((await post({ place: 'y', text: 'z' })).status, 400);
    assert.equal((await rows(balie, "SELECT count(*) n FROM place WHERE key = 'webhook:y'"))[0].n, 0);
  });

  test('it is 200 lines at most', () => {
    const folder = path.join(repository, 'adapters/webhook');
    const lines = fs.readdirSync(folder).filter((f) => /\.[ch]$/.test(f)).map((f) => fs.readFileSync(path.join(folder, f), 'utf8').split('\n').length - 1);
    assert.ok(lines.reduce((a, b) => a + b) <= 200, `${lines}`);
  });
});
