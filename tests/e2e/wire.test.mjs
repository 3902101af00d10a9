// Every rule of the wire: sub-protocol balie.v1 on /chat, and the plain HTTP beside it.
import assert from 'node:assert/strict';
import net from 'node:net';
import { Client, Refused, deadline, lockState, rows, suite, until } from './harness.mjs';

const QUEUED_MAX = 8, FRAME_MAX = 16 * 1024, MESSAGE_MAX = 4096, HELLO_MS = 10_000;
const NOTICE = 'wat is mijn opzegtermijn';

/** What is left when numbers, ids and secrets are taken out: the shape of a frame. */
const shape = (frame) => Object.keys(frame).sort().join();

suite('the handshake', {}, (balie, test) => {
  const refused = (status, options) =>
    assert.rejects(Client.open(balie, options), (e) => e instanceof Refused && e.status === status, `wanted ${status}`);

  test('balie.v1 must be among the sub-protocols', async () => {
    await refused(400, { protocols: [] });
    await refused(400, { protocols: ['balie.v2'] });
    const c = await Client.open(balie, { protocols: ['chat', 'balie.v1'] });
    assert.equal(c.socket.protocol, 'balie.v1');
    await c.close();
  });

  test('a page of another site is refused', async () => {
    for (const origin of ['https://evil.example', 'http://evil.example:8080', 'null',
      'http://localhost.evil.example', 'file://'])
      await refused(403, { origin });
    for (const origin of [balie.url, 'http://localhost:8080', 'http://[::1]:8080'])
      await (await Client.open(balie, { origin })).close();
  });

  test('a name that only begins like a loopback address is another site',
    {}, async () => {
    await refused(403, { origin: 'http://127.0.0.1.evil.example' });
    await refused(403, { headers: { Host: '127.evil.example' } });
    const answer = await balie.get('/demo/people', { headers: { Host: '127.0.0.1.evil.example' } });
    assert.equal(answer.status, 403);
  });

  test('a foreign Host is refused, also for the list of people', async () => {
    await refused(403, { headers: { Host: 'balie.evil.example' } });
    const answer = await balie.get('/demo/people', { headers: { Host: 'balie.evil.example' } });
    assert.equal(answer.status, 403);
    assert.doesNotMatch(answer.text, /Sanne/);
  });

  test('the headers of a proxy are refused', async () => {
    for (const [name, value] of [['X-Forwarded-For', '10.0.0.1'], ['Forwarded', 'for=10.0.0.1'],
      ['X-Forwarded-Host', 'a'], ['X-Real-IP', '10.0.0.1'], ['Via', '1.1 proxy'], ['x-FORWARDED-for', 'a']])
      await refused(403, { headers: { [name]: value } });
  });

  test('every forwarded header is refused', async () => {
    for (const name of ['X-Forwarded-Proto', 'X-Forwarded-Port', 'X-Forwarded-Server'])
      await refused(403, { headers: { [name]: 'https' } });
  });

  test('another version of WebSocket is told ours', async () => {
    const headers = { Connection: 'Upgrade', Upgrade: 'websocket', 'Sec-WebSocket-Version': '8',
      'Sec-WebSocket-Key': 'AAAAAAAAAAAAAAAAAAAAAA==', 'Sec-WebSocket-Protocol': 'balie.v1' };
    const answer = await balie.get('/chat', { headers });
    assert.equal(answer.status, 426);
    assert.equal(answer.headers['sec-websocket-version'], '13');
  });
});

suite('hello', {}, (balie, test) => {
  test('without a hello the connection closes with 4408 after ten seconds', async () => {
    const silent = await Client.open(balie), busy = await Client.open(balie), began = Date.now();
    const polite = await balie.client();
    busy.send({ type: 'typing' }); // says something, but never hello
    for (const c of [silent, busy]) {
      assert.equal((await deadline(HELLO_MS + 5000, 'the close', c.closed)).code, 4408);
      assert.ok(Date.now() - began >= HELLO_MS - 500, 'not before its time');
    }
    assert.match((await polite.ask(NOTICE)).text, /1 maand/);
  });

  test('a bad token closes with 4401 and says why', async () => {
    for (const token of ['nobody', 'DEMO', 'x'.repeat(5000), "' OR 1=1 --"]) {
      const c = await Client.open(balie);
      c.send({ type: 'hello', token });
      await c.error('auth');
      assert.equal((await c.closed).code, 4401);
    }
  });

  test('before hello nothing is answered, and the connection stays', async () => {
    const c = await Client.open(balie);
    for (const frame of [{ type: 'message', id: 'a', text: NOTICE }, { type: 'choose', id: 'b', choice: 'x' },
      { type: 'handoff', id: 'c' }, { type: 'feedback', turn: 1, helpful: true }]) {
      const from = c.frames.length;
      c.send(frame);
      await c.error('auth', from);
    }
    await c.hello({ token: 'demo' });
    assert.match((await c.ask(NOTICE)).text, /1 maand/);
  });

  test('the welcome has a conversation, seq 0, the language and the notice', async () => {
    const nl = await balie.client(), en = await balie.client({ language: 'en' });
    assert.equal(nl.welcome.seq, 0);
    assert.equal(nl.welcome.language, 'nl');
    assert.match(nl.welcome.notice, /Een programma antwoordt/);
    assert.equal(en.welcome.language, 'en');
    assert.match(en.welcome.notice, /A program answers/);
    assert.match(nl.conversation, /^[0-9a-f]+-[0-9a-f]{32}$/);
    assert.notEqual(nl.conversation.split('-')[1], en.conversation.split('-')[1]);
  });

  test('a second hello is an error and changes nothing', async () => {
    const c = await balie.client();
    c.send({ type: 'hello', token: 'p002' });
    await c.error('bad_type');
    assert.match((await c.ask('hoeveel vakantiedagen heb ik nog')).text, /Je hebt nog/);
  });

  test('odd members of a hello are as if they were not there', async () => {
    for (const odd of [{ conversation: 7 }, { after: 'x' }, { language: 'xx' }, { after: -5 }, { after: 1.5 },
      { conversation: 'zz' }, { after: 9007199254740993 }, { unknown: { deep: [1] } }]) {
      const c = await balie.client(odd);
      assert.equal(c.welcome.seq, 0);
      assert.equal(c.frames.length, 1);
      await c.close();
    }
  });
});

suite('frames', {}, (balie, test) => {
  const bad = async (code, ...frames) => {
    const c = await balie.client();
    for (const frame of frames) {
      const from = c.frames.length;
      c.send(frame);
      const e = await c.error(code, from);
      assert.equal(typeof e.text, 'string');
      await c.settle();
      assert.equal(c.frames.length, from + 1, `one error for ${JSON.stringify(frame).slice(0, 80)}`);
    }
    assert.match((await c.ask(NOTICE)).text, /1 maand/, 'the connection lives on');
    await c.close();
  };

  const long = 'x'.repeat(MESSAGE_MAX + 1);
  test('what is not one JSON object is bad_json', () => bad('bad_json',
    '{', '[]', '"hello"', 'null', '1', '{"a":1} x', '{"type":"message"', '{type:"message"}', '{"a":"\\u0000"}',
    '{"a":"\\ud800"}', '['.repeat(8000), '{"a":'.repeat(3000)));
  test('an empty frame is bad_json', () => bad('bad_json', ''));
  test('a key that stands twice is bad_json', () => bad('bad_json',
    '{"type":"message","id":"a","id":"b","text":"hallo"}', '{"type":"typing","type":"message"}'));
  test('a number out of range is bad_json', () => bad('bad_json',
    '{"type":"feedback","turn":1e999,"helpful":true}',
    '{"type":"feedback","turn":99999999999999999999,"helpful":true}'));
  test('an unknown or missing type is bad_type', () => bad('bad_type',
    {}, { type: 'dance' }, { type: 7 }, { type: 'MESSAGE', id: 'a', text: 'x' }, { type: 'welcome' }, { id: 'a', text: 'x' }));
  test('a message without a usable id is bad_type', () => bad('bad_type',
    { type: 'message', text: 'x' }, { type: 'message', id: '', text: 'x' }, { type: 'message', id: 7, text: 'x' },
    { type: 'message', id: 'i'.repeat(65), text: 'x' }, { type: 'message', id: 'é'.repeat(33), text: 'x' },
    { type: 'choose', choice: 'x' }, { type: 'handoff' }));
  test('a message without a text is bad_type', () => bad('bad_type',
    { type: 'message', id: 'a' }, { type: 'message', id: 'a', text: 5 }));
  test('feedback needs a turn and a verdict', () => bad('bad_type',
    { type: 'feedback', turn: 1 }, { type: 'feedback', helpful: true },
    { type: 'feedback', turn: '1', helpful: true }, { type: 'feedback', turn: 1, helpful: 'yes' }));
  test('a text above 4096 bytes is too_long, counted in bytes', () => bad('too_long',
    { type: 'message', id: 'a', text: long }, { type: 'message', id: 'b', text: 'é'.repeat(MESSAGE_MAX / 2 + 1) },
    { type: 'choose', id: 'c', choice: long }));

  test('an error tells which message it is about', async () => {
    const c = await balie.client();
    const refused = await c.ask(long, 'long');
    assert.equal(refused.error.code, 'too_long');
    c.send({ type: 'message', id: 'textless' });
    assert.equal((await c.error('bad_type')).reply_to, 'textless');
  });

  test('an id of 64 bytes and a text of 4096 are taken', async () => {
    const c = await balie.client();
    assert.ok((await c.ask(NOTICE, 'i'.repeat(64))).answers.length);
    assert.ok((await c.ask(NOTICE, 'é'.repeat(32))).answers.length);
    assert.ok((await c.ask('opzegtermijn '.repeat(315).slice(0, MESSAGE_MAX))).answers.length);
    assert.ok((await c.ask('é'.repeat(MESSAGE_MAX / 2))).answers.length);
    assert.ok((await c.ask(' ')).answers.length, 'white space is answered as an empty question');
  });

  test('unknown members and typing are passed over', async () => {
    const c = await balie.client(), from = c.frames.length;
    c.send({ type: 'typing' });
    c.send({ type: 'typing', id: 'x' });
    await c.settle();
    assert.equal(c.frames.length, from);
    const r = await c.act({ type: 'message', id: 'm', text: NOTICE, colour: 'blue', nested: { deep: [] } });
    assert.match(r.text, /1 maand/);
  });

  test('a frame above the limit, binary or not UTF-8 closes with its own code', async () => {
    const ends = [['x'.repeat(FRAME_MAX + 1), false, 1009], [Buffer.from('{}'), true, 1003],
      [Buffer.from([0x22, 0xff, 0xfe, 0x22]), false, 1007]];
    for (const [data, binary, code] of ends) {
      const c = await balie.client();
      c.socket.send(data, { binary });
      assert.equal((await deadline(5000, `close ${code}`, c.closed)).code, code);
    }
    const c = await balie.client();
    c.socket.send('{"type":"mess', { fin: false });
    c.socket.send(`age","id":"f","text":"${NOTICE}"}`, { fin: true });
    await c.waitFor('the answer to a message in two pieces', (f) => f.reply_to === 'f' && f.type === 'answer');
  });
});

suite('answers', {}, (balie, test) => {
  test('an answer has all its members, and seq grows by one a frame', async () => {
    const c = await balie.client();
    const r = await c.ask('hoeveel vakantiedagen heb ik nog');
    assert.equal(shape(r.answers[0]), 'choices,html,reply_to,seq,sources,text,turn,type');
    assert.match(r.answers[0].html, /<strong>/);
    await c.ask(NOTICE);
    const seqs = c.frames.filter((f) => f.seq && f.type !== 'welcome').map((f) => f.seq);
    // the person's own message has a number too, and is not sent to where it came from
    assert.deepEqual(seqs, [2, 4]);
    assert.equal(r.turn, 1);
  });

  test('the same id again gives the same frames again, and is worked on once', async () => {
    const c = await balie.client();
    await c.ask(NOTICE, 'one');
    const first = c.frames.find((f) => f.reply_to === 'one'), turns = await balie.figure('turns_total');
    const second = await c.ask(NOTICE, 'one');
    assert.deepEqual(second.frames, [first]);
    assert.equal(await balie.figure('turns_total'), turns);
  });

  test('an id sent three times in one breath is worked on once', async () => {
    const c = await balie.client(), turns = await balie.figure('turns_total');
    const frame = { type: 'message', id: 'x', text: NOTICE };
    c.sendTogether([frame, frame, frame]);
    await c.waitFor('the answer', (f) => f.reply_to === 'x');
    await c.ask('hoe kook ik rijst');
    assert.equal(await balie.figure('turns_total'), turns + 2);
    const seqs = new Set(c.frames.filter((f) => f.reply_to === 'x').map((f) => f.seq));
    assert.equal(seqs.size, 1);
  });

  test('a hand-off asked for three times in one breath is asked once', async () => {
    const c = await balie.client(), turns = await balie.figure('turns_total');
    const frame = { type: 'handoff', id: 'h' };
    c.sendTogether([frame, frame, frame]);
    await c.waitFor('the answer', (f) => f.reply_to === 'h');
    await c.ask('hoe kook ik rijst');
    assert.equal(await balie.figure('turns_total'), turns + 2);
  });

  test('the same id with another text is a conflict', async () => {
    const c = await balie.client();
    await c.ask(NOTICE, 'one');
    const again = await c.ask('ik wil verlof aanvragen', 'one');
    assert.equal(again.error?.code, 'conflict');
    assert.equal(again.answers.length, 0);
  });

  test('also while the first one is still being worked on', async () => {
    const c = await balie.client();
    c.sendTogether([{ type: 'message', id: 'one', text: NOTICE },
      { type: 'message', id: 'one', text: 'ik wil verlof aanvragen' }]);
    await c.waitFor('the answer', (f) => f.type === 'answer');
    await c.ask('hoe kook ik rijst');
    const ends = c.frames.filter((f) => f.reply_to === 'one').map((f) => f.code ?? f.type);
    assert.deepEqual(ends.sort(), ['answer', 'conflict']);
  });

  test('an id is a conversation\'s own', async () => {
    const one = await balie.client(), two = await balie.client();
    assert.match((await one.ask(NOTICE, 'same')).text, /1 maand/);
    assert.match((await two.ask('fietsplan', 'same')).text, /fiets leasen/);
  });

  test('only what was offered in this conversation can be chosen', async () => {
    const one = await balie.client(), two = await balie.client();
    const offer = await one.ask('hoe kook ik rijst');
    const yes = offer.choices.find((x) => x.label.startsWith('Ja'));
    for (const choice of [yes.id, 'nothing', '', 'leave.balance', '../..']) {
      const r = await two.choose({ id: choice });
      assert.equal(r.sources.length, 0);
      assert.match(r.text, /keuze ken ik niet/);
    }
    assert.equal((await rows(balie, 'SELECT count(*) n FROM ticket'))[0].n, 0);
    assert.match((await one.choose(yes)).text, /ontvangstnummer/);
  });

  test('thumbs up is thanked and kept, thumbs down offers a person', async () => {
    const c = await balie.client(), r = await c.ask(NOTICE);
    let from = c.frames.length;
    c.send({ type: 'feedback', turn: r.turn, helpful: true });
    assert.match((await c.waitFor('thanks', (f) => f.type === 'answer', { from })).text, /dank/);
    from = c.frames.length;
    c.send({ type: 'feedback', turn: r.turn, helpful: false, text: 'te kort' });
    const sorry = await c.waitFor('sorry', (f) => f.type === 'answer', { from });
    assert.ok(sorry.choices.some((x) => x.label.startsWith('Ja, zet maar door')));
    assert.deepEqual(await rows(balie, 'SELECT turn, helpful, intent, text FROM feedback ORDER BY id'), [
      { turn: r.turn, helpful: 1, intent: 'contract.notice', text: '' },
      { turn: r.turn, helpful: 0, intent: 'contract.notice', text: 'te kort' }]);
  });

  test('feedback on a turn that never was leaves no mark on a card', async () => {
    const c = await balie.client(), from = c.frames.length;
    c.send({ type: 'feedback', turn: 999, helpful: true });
    await c.waitFor('a reply', (f) => f.type === 'answer', { from });
    const [row] = await rows(balie, 'SELECT intent FROM feedback WHERE turn = 999');
    assert.equal(row?.intent ?? '', '');
  });
});

suite('resuming', {}, (balie, test) => {
  /** A conversation of three turns, and what the daemon keeps of it. */
  async function told() {
    const c = await balie.client();
    for (const text of [NOTICE, 'hoe kook ik rijst', 'nee']) await c.ask(text);
    const { conversation } = c, seq = c.frames.at(-1).seq;
    await c.close();
    return { conversation, seq };
  }
  const again = (hello) => balie.client(hello);

  test('everything after `after` comes back in order, with what the person said', async () => {
    const { conversation, seq } = await told();
    const all = await again({ conversation, after: 0 });
    assert.equal(all.conversation, conversation);
    assert.equal(all.welcome.seq, seq);
    const kept = all.frames.slice(1);
    assert.deepEqual(kept.map((f) => f.seq), [1, 2, 3, 4, 5, 6]);
    assert.deepEqual(kept.filter((f) => f.type === 'said').map((f) => f.text), [NOTICE, 'hoe kook ik rijst', 'nee']);
    for (let after = 1; after <= seq; after++) {
      const some = await again({ conversation, after });
      assert.deepEqual(some.frames.slice(1), kept.slice(after), `after ${after}`);
      assert.equal(some.welcome.from, undefined);
    }
  });

  test('without `after`, or with one from the future, nothing is repeated', async () => {
    const { conversation, seq } = await told();
    for (const hello of [{}, { after: seq }, { after: seq + 100 }, { after: 2 ** 53 }]) {
      const c = await again({ conversation, ...hello });
      assert.deepEqual([c.conversation, c.welcome.seq, c.frames.length], [conversation, seq, 1]);
    }
  });

  test('the conversation goes on where it was', async () => {
    const first = await balie.client();
    await first.ask('ik wil verlof aanvragen');
    await first.close();
    const c = await again({ conversation: first.conversation, after: 2 });
    assert.match((await c.ask('7 december')).text, /Tot en met welke dag/);
  });

  test('an id used before the resume is still known after it', async () => {
    const first = await balie.client();
    const answer = await first.ask(NOTICE, 'mine');
    await first.close();
    const c = await again({ conversation: first.conversation });
    const r = await c.ask(NOTICE, 'mine');
    assert.deepEqual(r.frames, answer.frames);
    assert.equal((await c.ask('fietsplan', 'mine')).error?.code, 'conflict');
  });

  test('another person\'s conversation looks like one that never was', async () => {
    const { conversation } = await told();
    const [row, secret] = conversation.split('-');
    const flipped = secret.slice(0, -1) + (secret.endsWith('0') ? '1' : '0');
    const never = await again({ conversation: `${(2 ** 40).toString(16)}-${secret}`, after: 0 });
    const wrong = [`${row}-${flipped}`, row, `${conversation}0`, conversation.toUpperCase(), `-${secret}`,
      'x'.repeat(3000), `${'f'.repeat(16)}-${secret}`];
    for (const hello of [{ token: 'p002', conversation }, { token: '', conversation },
      ...wrong.map((x) => ({ conversation: x }))]) {
      const c = await again({ after: 0, ...hello });
      assert.notEqual(c.conversation, conversation);
      assert.equal(shape(c.welcome), shape(never.welcome));
      assert.deepEqual([c.welcome.seq, c.frames.length], [0, 1]);
    }
  });

  test('an anonymous conversation is resumed by its secret alone', async () => {
    const first = await balie.client({ token: '' });
    await first.ask(NOTICE);
    const c = await again({ token: '', conversation: first.conversation, after: 0 });
    assert.equal(c.conversation, first.conversation);
    assert.equal(c.frames.length, 3);
  });

  test('a second socket of the person hears what the first said and got', async () => {
    const one = await balie.client();
    await one.ask(NOTICE);
    const two = await again({ conversation: one.conversation, after: 2 });
    const from = two.frames.length;
    const r = await one.ask('hoe kook ik rijst', 'hi');
    const said = await two.waitFor('said', (f) => f.type === 'said', { from });
    assert.deepEqual([said.id, said.text], ['hi', 'hoe kook ik rijst']);
    assert.deepEqual(await two.waitFor('answer', (f) => f.reply_to === 'hi', { from }), r.frames[0]);
    assert.ok(!one.frames.some((f) => f.type === 'said'), 'nobody is told what they said themselves');
    assert.match((await two.press(r, 'Nee')).text, /zet ik niets door/);
    await one.waitFor('the other one\'s answer', (f) => f.type === 'answer' && /zet ik niets door/.test(f.text));
  });
});

suite('too much at once', {}, (balie, test) => {
  test('one in hand and eight waiting; the next is told busy and may try again', async () => {
    const c = await balie.client();
    const release = await lockState(balie);
    const frames = Array.from({ length: 30 }, (_, i) => ({ type: 'message', id: `q${i}`, text: `opzegtermijn ${i}` }));
    c.sendTogether(frames);
    const busy = await c.error('busy');
    assert.ok(busy.retry_ms > 0);
    await c.settle();
    await release();
    await until('every reply', () => new Set(c.frames.map((f) => f.reply_to).filter(Boolean)).size === frames.length);
    const refused = c.frames.filter((f) => f.code === 'busy').map((f) => f.reply_to);
    assert.equal(refused.length, frames.length - 1 - QUEUED_MAX);
    assert.deepEqual(c.frames.filter((f) => f.type === 'answer').map((f) => f.reply_to),
      frames.slice(0, 1 + QUEUED_MAX).map((f) => f.id), 'in the order they were asked');
    const retried = await c.ask('opzegtermijn 29', 'q29');
    assert.ok(retried.answers.length, 'what was refused may be sent again');
  });

  test('one conversation\'s queue is not another\'s', async () => {
    const one = await balie.client(), two = await balie.client();
    const release = await lockState(balie);
    one.sendTogether(Array.from({ length: 20 }, (_, i) => ({ type: 'message', id: `q${i}`, text: NOTICE })));
    await one.error('busy');
    const answer = two.ask(NOTICE);
    await release();
    assert.match((await answer).text, /1 maand/);
  });
});

suite('the rate', { settings: { rate_per_minute: 60 } }, (balie, test) => {
  test('above it a message is refused with the time to wait, and then taken', async () => {
    const c = await balie.client(), replies = [];
    for (let i = 0; i < 30 && !replies.at(-1)?.error; i++) replies.push(await c.ask(NOTICE));
    const { error, id } = replies.at(-1);
    assert.equal(error?.code, 'rate');
    assert.ok(replies.length > 10, 'a burst is let through');
    assert.ok(error.retry_ms > 0 && error.retry_ms <= 1100, `${error.retry_ms} ms for one a second`);
    await new Promise((go) => setTimeout(go, error.retry_ms)); // what a client is told to do
    assert.ok((await c.ask(NOTICE, id)).answers.length);
    const other = await balie.client();
    assert.ok((await other.ask(NOTICE)).answers.length, 'another connection has a rate of its own');
  });
});

suite('plain HTTP', {}, (balie, test) => {
  test('the page, health, readiness and figures', async () => {
    const page = await balie.get('/');
    assert.equal(page.status, 200);
    assert.match(page.headers['content-type'], /text\/html/);
    assert.match(page.headers['content-security-policy'], /default-src 'none'/);
    assert.equal(page.headers['x-content-type-options'], 'nosniff');
    assert.equal((await balie.get('/healthz')).status, 200);
    assert.equal((await balie.get('/readyz')).status, 200);
    const c = await balie.client(), turns = await balie.figure('turns_total');
    await c.ask(NOTICE);
    assert.equal(await balie.figure('turns_total'), turns + 1);
    const written = balie.read('intents/cards.md').match(/^# /gm).length;
    assert.ok(await balie.figure('cards') >= written, 'every card that was written');
  });

  test('the figures name nobody and nothing that was said', async () => {
    const c = await balie.client();
    await c.ask('mijn geheime woord is xylofoonbouwer');
    const { text } = await balie.get('/metrics');
    assert.doesNotMatch(text, /xylofoon|demo|Sanne/);
  });

  test('HEAD is GET without its body', async () => {
    for (const where of ['/', '/healthz', '/metrics']) {
      const [get, head] = [await balie.get(where), await balie.request('HEAD', where)];
      assert.equal(head.status, 200);
      assert.equal(head.text, '');
      assert.equal(head.headers['content-type'], get.headers['content-type']);
    }
    assert.equal((await balie.request('HEAD', '/nothing')).status, 404);
  });

  test('what is not there is 404, a method that is not is 405', async () => {
    for (const where of ['/nothing', '/chat/', '/healthz/x', '/%2e%2e/etc/passwd', '/demo', '/..%2f..%2fetc%2fpasswd'])
      assert.equal((await balie.get(where)).status, 404, where);
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH']) {
      const answer = await balie.request(method, '/', { body: method === 'OPTIONS' ? undefined : 'x' });
      assert.equal(answer.status, 405, method);
      assert.match(answer.headers.allow ?? '', /GET/);
    }
    assert.equal((await balie.get('/chat')).status, 426);
  });

  test('a body above the limit is 413', async () => {
    const answer = await balie.request('POST', '/', { body: 'x'.repeat(300 * 1024) });
    assert.ok([405, 413].includes(answer.status), `${answer.status}`);
  });

  test('headers above the limit and garbage end the connection and nothing else', async () => {
    const port = Number(new URL(balie.url).port);
    for (const bytes of [`GET / HTTP/1.1\r\nHost: localhost\r\nX: ${'y'.repeat(40_000)}\r\n\r\n`,
      '\x16\x03\x01\x02\x00\x01\x00', 'GET\r\n\r\n', '\r\n\r\n\r\n', 'GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\nContent-Length: -1\r\n\r\n']) {
      const s = net.connect(port, '127.0.0.1');
      await new Promise((done) => {
        s.on('error', done).on('close', done).on('data', () => s.end());
        s.end(bytes, 'latin1');
      });
    }
    assert.equal((await balie.get('/healthz')).status, 200);
  });
});
