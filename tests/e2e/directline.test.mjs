// A conversation through a real, if bare, Bot Framework channel, with its client's own shapes.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { read } from './connector.mjs';
import { Balie, deadline, here, until } from './harness.mjs';

describe('offline-directline', () => {
  let balie, child, url, conversation, mark = 0;
  before(async () => {
    balie = await Balie.start({ settings: { channels: { teams: { local_test: 'yes' } } } });
    child = spawn(process.execPath, [path.join(here, 'directline.mjs'), `${balie.url}/api/messages`], { stdio: ['ignore', 'pipe', 'inherit'] });
    url = await deadline(15_000, 'the channel', new Promise((yes) => child.stdout.once('data', (d) => yes(String(d).trim()))));
  });
  after(async () => {
    child.kill('SIGKILL');
    try { await balie.stop(); } finally { await balie.discard(); }
  });
  const post = (where, body) => fetch(url + where, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body ?? {}) });
  const heard = async () => {
    const r = await (await fetch(`${url}/directline/conversations/${conversation}/activities?watermark=${mark}`)).json();
    return r.activities.filter((a) => a.from?.name === 'Bot' && a.type === 'message');
  };
  const say = async (activity, n = 1) => {
    const from = (await heard()).length;
    const r = await post(`/directline/conversations/${conversation}/activities`, { type: 'message', from: { id: 'user1' }, ...activity });
    assert.equal(r.status, 202);
    await until(`${n} answers`, async () => (await heard()).length >= from + n);
    return (await heard()).slice(from).map(read);
  };

  test('a conversation with cards, buttons and a hand-off', async () => {
    const opened = await post('/directline/conversations');
    assert.equal(opened.status, 202, 'a conversationUpdate with empty member lists');
    ({ conversationId: conversation } = await opened.json());
    const [notice, answer] = await say({ text: 'wat is mijn opzegtermijn' }, 2);
    assert.match(notice.text, /programma/);
    assert.match(answer.text, /1 maand/);
    const [, unknown] = await say({ text: 'hoeveel vakantiedagen heb ik nog' }, 2);
    assert.match(unknown.text, /welke medewerker/);
    const [asked] = await say({ text: 'hoe kook ik rijst' });
    const yes = asked.actions.find((a) => a.title.startsWith('Ja'));
    const [receipt, number] = await say({ text: '', value: yes.fallback.data }, 2);
    assert.match(receipt.text, /B-[0-9A-Z]+/);
    assert.match(number.text, /HR-\d+/);
  });

  test('what only looks local is refused: no service address leaves this machine', async () => {
    for (const serviceUrl of ['http://169.254.169.254/', 'http://127.0.0.1.evil.example/', 'http://127.0.0.1:80@evil.example/', 'http://127.0.0.1:80?.evil.example/', 'https://smba.trafficmanager.net/']) {
      const r = await balie.request('POST', '/api/messages', { body: JSON.stringify({ type: 'message', id: '1', text: 'x', channelId: 'emulator',
        serviceUrl, from: { id: 'u' }, conversation: { id: 'c' } }) });
      assert.equal(r.status, 400);
    }
  });
});
