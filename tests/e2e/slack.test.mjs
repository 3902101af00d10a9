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
  /** Delivers, and gives the posts that came of it. */
  const say = async (payload, n = 1, kind = 'json') => {
    const from = rig.posts.length;
    const r = await deliver(kind, payload);
    assert.equal(r.status, 200, JSON.stringify(r));
    await until(`${n} posts`, () => rig.posts.length >= from + n);
    return rig.posts.slice(from);
  };
  /** Everything that balie wanted to say has been said. */
  const quiet = () => until('all to be sent', async () =>
    (await rows(balie, "SELECT count(*) n FROM effect WHERE kind = 'message' AND state < 3"))[0].n === 0);
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
      const answer = await it.last(dm(user, 'hoeveel vakantiedagen heb ik nog'), 2);
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

  test('in a channel: answered in the thread, nothing personal, on in private with the question', async () => {
    const asked = mention('U1', 'wat is mijn opzegtermijn');
    const [notice, answer] = await it.say(asked, 2);
    assert.match(textOf(notice), /lezen anderen mee/);
    assert.match(textOf(answer), /1 maand/);
    assert.equal(answer.thread_ts, asked.event.ts);
    // the same post as a message of the channel, under another event id
    await it.deliver('json', wrapped({ ...asked.event, type: 'app_mention' }));
    const personal = await it.last(mention('U1', 'hoeveel vakantiedagen heb ik nog', { thread_ts: asked.event.ts }));
    assert.equal(personal.thread_ts, asked.event.ts);
    assert.doesNotMatch(textOf(personal), /\d+ uur/);
    assert.match(textOf(personal), /alleen met jou/);
    const own = await it.last(press('U1', personal, 'Verder in privé'), 1, 'action');
    assert.equal(own.channel, 'U1', 'by user id: Slack finds the direct message');
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
    assert.match(textOf(asked), /geen goed antwoord/);
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
