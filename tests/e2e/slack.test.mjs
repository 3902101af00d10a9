// Slack, as employees use it: direct messages, mentions in a thread, the slash command, buttons,
// feedback, a hand-off whose answer comes back, and Slack failing in every way it can.
import assert from 'node:assert/strict';
import crypto from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { Balie, rows, until } from './harness.mjs';
import { start } from './slackfault.mjs';

let events = 0;
const newId = () => `Ev${crypto.randomBytes(5).toString('hex').toUpperCase()}${++events}`;
const newTs = () => `${Math.floor(Date.now() / 1000)}.${String(++events).padStart(6, '0')}`;

const wrapped = (event, id) => ({ token: 'x', team_id: 'T1', api_app_id: 'A1', type: 'event_callback', event_id: id ?? newId(),
  event_time: 1, authorizations: [{ team_id: 'T1', user_id: 'UBOT', is_bot: true }], event });
const dm = (user, text, more) => wrapped({ type: 'message', channel_type: 'im', channel: `D${user.slice(1)}`, user, text, ts: newTs(), ...more });
const mention = (user, text, more) => wrapped({ type: 'app_mention', channel: 'C1', user, text: `<@UBOT> ${text}`, ts: newTs(), ...more });

/** What a person reads in a post: its sections. */
const textOf = (p) => p.blocks.filter((b) => b.type === 'section').map((b) => b.text.text).join('\n\n');
const buttons = (p) => p.blocks.filter((b) => b.type === 'actions').flatMap((b) => b.elements);
const press = (user, p, label) => {
  const button = buttons(p).find((b) => b.text.text.startsWith(label));
  assert.ok(button, `no button "${label}" in ${JSON.stringify(buttons(p).map((b) => b.text.text))}`);
  return { type: 'block_actions', user: { id: user, username: user.toLowerCase(), team_id: 'T1' }, team: { id: 'T1' },
    channel: { id: p.channel }, container: { type: 'message', message_ts: p.ts, channel_id: p.channel },
    message: { ts: p.ts, thread_ts: p.thread_ts }, trigger_id: newId(),
    actions: [{ type: 'button', action_id: button.action_id, block_id: 'b', value: button.value, action_ts: newTs() }] };
};

/** A balie connected to a stand-in. */
async function connected({ slack = {}, settings = {}, content } = {}) {
  const rig = await start();
  const balie = await Balie.prepare({ content, settings: { ...settings,
    channels: { slack: { signing_secret_file: 'signing', bot_token_file: 'bot', api_url: rig.api, ...slack } } } });
  balie.write('signing', 'rig-signing-secret\n');
  balie.write('bot', 'xoxb-rig\n');
  balie.write('app', 'xapp-rig\n');
  await balie.start();
  const to = (kind) => `${balie.url}/slack/${{ json: 'events', slash: 'commands', action: 'actions' }[kind]}`;
  const deliver = (kind, payload, options) => rig.post(to(kind), kind, payload, options);
  /** Everything that balie wanted to say has been said. */
  const quiet = () => until('all to be sent', async () =>
    (await rows(balie, "SELECT count(*) n FROM effect WHERE kind = 'message' AND state < 3"))[0].n === 0);
  /** Delivers, and gives the posts that came of it. */
  const say = async (payload, n = 1, kind = 'json') => {
    await quiet();
    const from = rig.posts.length;
    const r = await deliver(kind, payload);
    assert.equal(r.status, 200, JSON.stringify(r));
    await until(`${n} posts`, () => rig.posts.length >= from + n);
    return rig.posts.slice(from);
  };
  return { rig, balie, deliver, say, quiet, last: async (...a) => (await say(...a)).at(-1) };
}

describe('Slack by HTTP', () => {
  let it;
  before(async () => { it = await connected(); });
  after(async () => {
    try { await it.balie.stop(); } finally { it.rig.close(); await it.balie.discard(); }
  });

  test('the challenge is answered, unsigned and stale requests are not', async () => {
    const challenge = { type: 'url_verification', token: 'x', challenge: 'abc123' };
    const r = await it.deliver('json', challenge);
    assert.deepEqual([r.status, r.body], [200, 'abc123']);
    assert.equal((await it.deliver('json', challenge, { bad: true })).status, 401);
    assert.equal((await it.deliver('json', challenge, { skew: -400 })).status, 401);
    assert.equal((await it.deliver('json', challenge, { skew: 400 })).status, 401);
    assert.equal((await it.deliver('json', '{"type":')).status, 400);
    assert.equal((await it.deliver('json', wrapped({ type: 'team_join' }))).status, 200);
    assert.equal((await it.balie.get('/slack/events')).status, 405);
    assert.equal(it.rig.posts.length, 0);
  });

  test('the first direct message: the notice, then the answer with its source and feedback buttons', async () => {
    const [notice, answer] = await it.say(dm('U1', 'hoeveel vakantiedagen heb ik nog'), 2);
    assert.match(textOf(notice), /programma/);
    assert.match(textOf(answer), /Je hebt nog \*\d+ uur\*/);
    assert.equal(answer.channel, 'D1');
    assert.equal(answer.thread_ts, undefined);
    const context = answer.blocks.find((b) => b.type === 'context');
    assert.match(context.elements[0].text, /:page_facing_up: \*.+\*/);
    assert.deepEqual(buttons(answer).map((b) => b.text.text), ['👍', '👎']);
    const thanks = await it.last(press('U1', answer, '👍'), 1, 'action');
    assert.match(textOf(thanks), /./);
    const [row] = await rows(it.balie, 'SELECT count(*) n, max(helpful) h FROM feedback');
    assert.deepEqual(row, { n: 1, h: 1 });
  });

  test('a person known by e-mail address gets their own data, others general answers only', async () => {
    for (const user of ['U3', 'U4', 'U5']) {
      const answer = await it.last(dm(user, 'hoeveel vakantiedagen heb ik nog'), 3);
      assert.match(textOf(answer), /welke medewerker dit account hoort/, user);
      assert.match(textOf(await it.last(dm(user, 'wat is mijn opzegtermijn'))), /./);
    }
  });

  test('what others wrote, bots, edits and other workspaces are left alone', async () => {
    await it.quiet();
    const from = it.rig.posts.length;
    for (const e of [dm('U1', 'x', { bot_id: 'B1' }), dm('UBOT', 'x'), dm('U1', 'x', { subtype: 'message_changed' }),
      wrapped({ type: 'message', channel_type: 'channel', channel: 'C1', user: 'U1', text: '<@UBOT> hoi', ts: newTs() })])
      assert.equal((await it.deliver('json', e)).status, 200);
    await it.last(dm('U1', 'wat is mijn opzegtermijn'));
    assert.equal(it.rig.posts.length, from + 1);
  });

  test('a repeated delivery is acknowledged and not processed twice, also at the same moment', async () => {
    await it.quiet();
    const event = dm('U2', 'wat is mijn opzegtermijn');
    const from = it.rig.posts.length;
    const all = await Promise.all([1, 2, 3].map((attempt) => it.deliver('json', event, attempt > 1 ? { attempt } : {})));
    assert.deepEqual(all.map((r) => r.status), [200, 200, 200]);
    assert.equal((await it.deliver('json', event, { attempt: 3 })).status, 200);
    await it.quiet();
    assert.equal(it.rig.posts.length, from + 2, 'the notice and one answer');
  });

  test('a retry whose first delivery never came is processed', async () => {
    await it.quiet();
    const from = it.rig.posts.length;
    assert.equal((await it.deliver('json', dm('U2', 'wat is mijn opzegtermijn'), { attempt: 2 })).status, 200);
    await until('the answer', () => it.rig.posts.length > from);
  });

  test('while a mention is worked on its thread says so; not again for a repeated delivery, not in a direct message', async () => {
    const from = it.rig.statuses.length;
    const asked = mention('U6', 'hoe lang is de proeftijd');
    await it.last(asked, 1);
    await it.deliver('json', asked, { attempt: 1 });
    await it.say(dm('U2', 'wat is mijn opzegtermijn'), 1);
    const shown = it.rig.statuses.slice(from);
    assert.deepEqual(shown.map((s) => [s.channel_id, s.thread_ts, s.status]), [['C1', asked.event.ts, 'is typing…']]);
  });

  test('in a channel: answered in the thread, nothing personal, on in private with the question', async () => {
    const asked = mention('U6', 'wat is mijn opzegtermijn');
    const [notice, answer] = await it.say(asked, 2);
    assert.match(textOf(notice), /lezen anderen mee/);
    assert.match(textOf(answer), /1 maand/);
    assert.equal(answer.thread_ts, asked.event.ts);
    // the same post as a message of the channel, under another event id
    await it.deliver('json', wrapped({ ...asked.event, type: 'app_mention' }));
    const personal = await it.last(mention('U6', 'hoeveel vakantiedagen heb ik nog', { thread_ts: asked.event.ts }), 2);
    assert.equal(personal.thread_ts, asked.event.ts);
    assert.doesNotMatch(textOf(personal), /\d+ uur/);
    assert.match(textOf(personal), /alleen met jou/);
    const own = await it.last(press('U6', personal, 'Verder in privé'), 2, 'action');
    assert.equal(own.channel, 'U6', 'by user id: Slack finds the direct message');
    assert.equal(own.thread_ts, undefined);
    assert.match(textOf(own), /\*\d+ uur\*/);
  });

  test('the slash command is answered in the direct message', async () => {
    const from = it.rig.posts.length;
    const r = await it.deliver('slash', { token: 'x', team_id: 'T1', channel_id: 'C1', user_id: 'U1', command: '/hr',
      text: 'wat is mijn opzegtermijn', trigger_id: newId(), response_url: 'http://169.254.169.254/' });
    assert.equal(r.status, 200);
    assert.equal(JSON.parse(r.body).response_type, 'ephemeral');
    await until('the answer', () => it.rig.posts.length > from);
    assert.match(textOf(it.rig.posts.at(-1)), /1 maand/);
  });

  test('a hand-off with buttons, and the number that comes later', async () => {
    const asked = await it.last(dm('U1', 'hoe kook ik rijst'));
    const [receipt, number] = await it.say(press('U1', asked, 'Ja, zet maar door'), 2, 'action');
    assert.match(textOf(receipt), /\*B-[0-9A-Z]+\*/);
    assert.match(textOf(number), /\*HR-\d+\*/);
    assert.equal(number.channel, 'D1');
    const [ticket] = await rows(it.balie, "SELECT e.payload FROM ticket t JOIN effect e ON e.id = t.effect WHERE t.person = 'demo'");
    assert.match(JSON.parse(ticket.payload).body, /hoe kook ik rijst/);
    // pressed once more: Slack lets people
    const again = await it.last(press('U1', asked, 'Ja, zet maar door'), 1, 'action');
    assert.doesNotMatch(textOf(again), /\*B-/);
  });

  test('nothing that was sent stays in the outbox', async () => {
    await it.quiet();
    const left = await rows(it.balie, "SELECT DISTINCT payload, state FROM effect WHERE kind = 'message'");
    assert.deepEqual(left, [{ payload: '{}', state: 3 }]);
  });
});

describe('Slack failing', () => {
  let it;
  before(async () => { it = await connected(); });
  after(async () => {
    try { await it.balie.stop(); } finally { it.rig.close(); await it.balie.discard(); }
  });
  const ask = async (user, text) => assert.equal((await it.deliver('json', dm(user, text))).status, 200);
  const answers = (from) => it.rig.posts.slice(from).map((p) => (/maand/.test(textOf(p)) ? 'notice' : /uur/.test(textOf(p)) ? 'balance' : '?'));
  let from;
  const settled = async () => { await it.quiet(); from = it.rig.posts.length; };

  for (const [name, fault, shortest] of [
    ['429 with Retry-After is waited out', { kind: '429', retry: 2 }, 2000],
    ['500', { kind: '500', n: 2 }, 0],
    ['an answer that is no JSON', { kind: 'badjson' }, 0],
    ['an error of its own in a 200', { kind: 'slack', error: 'internal_error' }, 0],
    ['an error that an operator mends is not given up', { kind: 'slack', error: 'ratelimited' }, 0],
    ['a slow answer', { kind: 'slow', retry: 1 }, 1000],
    ['done, but not told: found by its key and not said twice', { kind: 'late' }, 0],
    ['no answer at all', { kind: 'hang' }, 9000],
  ])
    test(`${name}: said once, in order`, { timeout: 60_000 }, async () => {
      await ask('U1', 'wat is mijn opzegtermijn');
      await settled();
      const began = Date.now();
      it.rig.fault({ method: 'chat.postMessage', ...fault });
      await ask('U1', 'wat is mijn opzegtermijn');
      await ask('U1', 'hoeveel vakantiedagen heb ik nog');
      await until('both', () => it.rig.posts.length >= from + 2, 40_000);
      await it.quiet();
      assert.deepEqual(answers(from), ['notice', 'balance']);
      assert.ok(it.rig.posts[from].at - began >= shortest - 50, `${it.rig.posts[from].at - began} ms`);
    });

  test('another conversation does not wait for one that is limited', async () => {
    await ask('U2', 'wat is mijn opzegtermijn');
    await settled();
    it.rig.fault({ method: 'chat.postMessage', kind: '429', retry: 3 });
    await ask('U1', 'wat is mijn opzegtermijn');
    await until('the refusal', () => it.rig.log().at(-1)?.kind === '429' || it.rig.log().filter((x) => x.ev === 'fault').length > 0);
    const began = Date.now();
    await ask('U2', 'hoeveel vakantiedagen heb ik nog');
    await until('the other', () => it.rig.posts.length > from);
    assert.equal(it.rig.posts[from].channel, 'D2');
    assert.ok(Date.now() - began < 2500);
  });

  test('refused for good: left behind, and the next one is said', async () => {
    await settled();
    it.rig.fault({ method: 'chat.postMessage', kind: 'slack', error: 'channel_not_found' });
    await ask('U1', 'wat is mijn opzegtermijn');
    await ask('U1', 'hoeveel vakantiedagen heb ik nog');
    await until('the next', () => it.rig.posts.length > from);
    await it.quiet();
    assert.deepEqual(answers(from), ['balance']);
  });

  test('who it is cannot be asked: delivered again, and not taken for a stranger', async () => {
    await settled();
    it.rig.fault({ method: 'users.info', kind: '500' });
    const event = dm('U9', 'wat is mijn opzegtermijn');
    assert.equal((await it.deliver('json', event)).status, 503);
    assert.equal((await it.deliver('json', event, { attempt: 1 })).status, 200);
    await until('the answer', () => it.rig.posts.length > from);
  });

  test('an outage: everything waits, in order, over a restart too', async () => {
    await settled();
    it.rig.down(true);
    for (const text of ['wat is mijn opzegtermijn', 'hoeveel vakantiedagen heb ik nog', 'wat is mijn opzegtermijn'])
      await ask('U1', text);
    await it.balie.kill();
    it.rig.down(false);
    await it.balie.start();
    await until('all three', () => it.rig.posts.length >= from + 3, 90_000);
    await it.quiet();
    assert.deepEqual(answers(from), ['notice', 'balance', 'notice']);
  });
});

test('what is too old is not said any more', { timeout: 60_000 }, async () => {
  const it = await connected({ settings: { message_hours: 1 } });
  try {
    it.rig.fault({ method: 'chat.postMessage', kind: '429', retry: 1, n: 1 });
    await it.deliver('json', dm('U1', 'wat is mijn opzegtermijn'));
    await it.balie.kill();
    await rows(it.balie, "UPDATE effect SET deadline_ms = 1 WHERE kind = 'message'");
    await it.balie.start();
    await it.quiet();
    assert.equal(it.rig.posts.length, 0);
    assert.deepEqual(await rows(it.balie, "SELECT DISTINCT error FROM effect WHERE kind = 'message'"), [{ error: 'too old' }]);
    await it.balie.stop();
  } finally { it.rig.close(); await it.balie.discard(); }
});

describe('Slack by Socket Mode', () => {
  let it, opens;
  before(async () => {
    it = await connected({ slack: { app_token_file: 'app' } });
    opens = () => it.rig.log().filter((x) => x.ev === 'socket open').length;
    await until('the socket', () => it.rig.sockets() === 1);
  });
  after(async () => {
    try { await it.balie.stop(); } finally { it.rig.close(); await it.balie.discard(); }
  });
  const over = (type, payload, ...retry) => it.rig.envelope(type, payload, ...retry);
  const answered = async (type, payload, n = 1) => {
    const from = it.rig.posts.length, r = await over(type, payload);
    assert.ok(r.acked, JSON.stringify(r));
    await until(`${n} posts`, () => it.rig.posts.length >= from + n);
    return { ack: r.ack, post: it.rig.posts.at(-1) };
  };

  test('an event, a button and a command', async () => {
    const { ack, post } = await answered('events_api', dm('U1', 'hoeveel vakantiedagen heb ik nog'), 2);
    assert.deepEqual(Object.keys(ack), ['envelope_id']);
    assert.match(textOf(post), /uur/);
    await answered('interactive', press('U1', post, '👍'));
    const slash = await answered('slash_commands', { token: 'x', team_id: 'T1', channel_id: 'C1', user_id: 'U1', command: '/hr',
      text: 'wat is mijn opzegtermijn', trigger_id: newId() });
    assert.equal(slash.ack.payload.response_type, 'ephemeral');
    assert.ok((await over('something_new', {})).acked, 'what we do not know is acknowledged');
  });

  test('a retry is acknowledged and not processed twice', async () => {
    await it.quiet();
    const event = dm('U1', 'wat is mijn opzegtermijn'), from = it.rig.posts.length;
    assert.ok((await over('events_api', event)).acked);
    assert.ok((await over('events_api', event, 1, 'timeout')).acked);
    await it.quiet();
    assert.equal(it.rig.posts.length, from + 1);
  });

  test('refresh without a gap: the new socket first, then the old one goes', async () => {
    it.rig.clearLog();
    it.rig.disconnect('refresh_requested');
    await until('the change', () => opens() === 1 && it.rig.sockets() === 1);
    const log = it.rig.log().filter((x) => x.ev.startsWith('socket'));
    assert.deepEqual(log.map((x) => x.ev), ['socket open', 'socket closed'], 'in this order');
    assert.equal(log[0].n, 2, 'both were open');
    await answered('events_api', dm('U1', 'wat is mijn opzegtermijn'));
  });

  test('a dropped connection, and a server that fails for a while', async () => {
    it.rig.clearLog();
    it.rig.fault({ method: 'apps.connections.open', kind: '500', n: 2 });
    it.rig.kill();
    await until('a new socket', () => opens() === 1);
    await answered('events_api', dm('U1', 'wat is mijn opzegtermijn'));
  });

  test('link_disabled ends it', async () => {
    it.rig.clearLog();
    it.rig.disconnect('link_disabled');
    await until('the end', () => it.rig.sockets() === 0);
    await until('the log to say so', () => /socket mode is turned off/i.test(it.balie.log));
    assert.equal(it.rig.log().filter((x) => x.method === 'apps.connections.open').length, 0);
    const r = await it.deliver('json', dm('U1', 'wat is mijn opzegtermijn'));
    assert.equal(r.status, 200, 'by HTTP it goes on, where that is set up too');
  });
});

describe('one person, several channels', () => {
  let it;
  before(async () => { it = await connected(); });
  after(async () => {
    try { await it.balie.stop(); } finally { it.rig.close(); await it.balie.discard(); }
  });

  test('what began on the web goes on in Slack, by a button or by saying so', async () => {
    const c = await it.balie.client({ token: 'demo' });
    assert.match((await c.ask('hoe kook ik rijst')).text, /./);
    const [notice] = await it.say(dm('U1', 'wat is mijn opzegtermijn'), 2);
    const last = await it.say(press('U1', notice, 'Verder met ons eerdere gesprek'), 2, 'action');
    assert.match(textOf(last[0]), /We gaan hier verder/);
    assert.ok(buttons(last[1]).some((b) => b.text.text.startsWith('Ja')));
    const receipt = await it.last(press('U1', last[1], 'Ja, zet maar door'), 2, 'action');
    assert.match(textOf(receipt), /HR-\d+/, 'its buttons work here, and the number comes here');
    await c.waitFor('the number on the web as well', (f) => f.type === 'ticket' && f.number);
  });

  test('and back: the web resumes the newest conversation, for the person whose it is only', async () => {
    const c = await it.balie.client({ token: 'demo', conversation: 'newest', after: 0 });
    assert.ok(c.frames.some((f) => f.type === 'said' && /rijst/.test(f.text)), 'with what was said');
    const other = await it.balie.client({ token: 'p005', conversation: 'newest', after: 0 });
    assert.notEqual(other.conversation, c.conversation);
    const nobody = await it.balie.client({ token: '', conversation: 'newest', after: 0 });
    assert.notEqual(nobody.conversation, c.conversation);
  });

  test('a person without another conversation, and a stranger, are told there is none', async () => {
    assert.match(textOf(await it.last(dm('U6', 'hier verder'), 2)), /geen gesprek met je/);
    assert.match(textOf(await it.last(dm('U4', 'Continue here!'), 2)), /./);
  });

  test('a sensitive message: answered, and no word of it stored, also while it waits', async () => {
    await it.quiet();
    const from = it.rig.posts.length;
    it.rig.down(true);
    assert.equal((await it.deliver('json', dm('U1', 'ik word gepest door mijn leidinggevende'))).status, 200);
    const [waits] = await until('the row', async () => {
      const r = await rows(it.balie, "SELECT payload FROM effect WHERE kind = 'message' AND state < 3");
      return r.length ? r : null;
    });
    assert.deepEqual(Object.keys(JSON.parse(waits.payload)), ['unspoken']);
    it.rig.down(false);
    await until('the answer', () => it.rig.posts.length > from, 60_000);
    assert.match(textOf(it.rig.posts.at(-1)), /./);
    assert.doesNotMatch(JSON.stringify(await rows(it.balie, 'SELECT * FROM turn')) + JSON.stringify(await rows(it.balie, 'SELECT * FROM effect')), /gepest/);
  });

  test('balie ended before it could say it: the person is asked to write again', { timeout: 90_000 }, async () => {
    await it.quiet();
    const from = it.rig.posts.length;
    it.rig.down(true);
    await it.deliver('json', dm('U1', 'ik word gepest door mijn leidinggevende'));
    await it.balie.kill();
    it.rig.down(false);
    await it.balie.start();
    await until('a word', () => it.rig.posts.length > from, 60_000);
    assert.match(textOf(it.rig.posts.at(-1)), /Wil je het nog eens sturen/);
  });

  test('in a channel a sensitive message is answered as any personal one', async () => {
    const answer = await it.last(mention('U1', 'ik word gepest door mijn leidinggevende'), 2);
    assert.match(textOf(answer), /alleen met jou/);
    assert.doesNotMatch(textOf(answer), /pest/);
  });
});
