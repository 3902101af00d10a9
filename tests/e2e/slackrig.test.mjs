// Slack's own packages take the stand-in for Slack: what balie is tested against is what they expect.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { SocketModeClient } from '@slack/socket-mode';
import { WebClient } from '@slack/web-api';
import { until } from './harness.mjs';
import { start } from './slackfault.mjs';

const quiet = { debug() {}, info() {}, warn() {}, error() {}, setLevel() {}, getLevel: () => 'error', setName() {} };
let rig, web;
before(async () => {
  rig = await start();
  web = new WebClient('xoxb-rig', { slackApiUrl: `${rig.api}/`, logger: quiet });
});
after(() => rig.close());

test('@slack/web-api: posts, history, people, limits, errors', async () => {
  const m = await web.chat.postMessage({ channel: 'D1', text: 't', thread_ts: '1.000001', blocks: [{ type: 'section', text: { type: 'mrkdwn', text: '*t*' } }] });
  assert.equal(m.message.thread_ts, '1.000001');
  assert.equal(m.message.blocks.length, 1);
  assert.equal((await web.conversations.replies({ channel: 'D1', ts: '1.000001' })).messages.length, 1);
  assert.equal((await web.conversations.open({ users: 'U1' })).channel.id, 'D1');
  assert.match((await web.users.info({ user: 'U1' })).user.profile.email, /@/);
  rig.fault({ method: 'chat.postMessage', kind: '429', retry: 1 });
  const t0 = Date.now();
  await web.chat.postMessage({ channel: 'D1', text: 'again' });
  assert.ok(Date.now() - t0 >= 1000, 'waited out');
  await assert.rejects(web.users.info({ user: 'U99' }), (e) => e.data.error === 'user_not_found');
});

test('@slack/socket-mode: hello, envelopes, retries, acks with payload, refresh, a dropped socket', { timeout: 90_000 }, async () => {
  const c = new SocketModeClient({ appToken: 'xapp-rig', logger: quiet, clientOptions: { slackApiUrl: `${rig.api}/` } });
  const got = [];
  c.on('slack_event', async (e) => {
    got.push(`${e.type}:${e.retry_num ?? ''}`);
    await e.ack(e.type === 'slash_commands' ? { text: 'hi' } : undefined);
  });
  await c.start();
  const event = { type: 'event_callback', event_id: 'Ev1', event: { type: 'message', channel_type: 'im', channel: 'D1', user: 'U1', text: 'hoi', ts: '1.2' } };
  assert.ok((await rig.envelope('events_api', event)).acked);
  assert.ok((await rig.envelope('events_api', event, 1, 'timeout')).acked);
  assert.equal(got.at(-1), 'events_api:1');
  assert.equal((await rig.envelope('slash_commands', { command: '/hr', text: 'saldo' })).ack.payload.text, 'hi');
  const opens = () => rig.log().filter((x) => x.ev === 'socket open').length;
  rig.disconnect('refresh_requested');
  await until('the second socket', () => opens() === 2, 30_000);
  rig.kill();
  await until('the third socket', () => opens() === 3, 30_000);
  await until('an answer on it', async () => (await rig.envelope('events_api', event)).acked);
  await c.disconnect();
});
