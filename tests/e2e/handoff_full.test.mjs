// A disk that is full in the middle of a hand-off: what the person reads, what is there
// afterwards. A limit on the size of files is such a disk, without needing to be root.
import assert from 'node:assert/strict';
import { test as nodeTest } from 'node:test';
import { Desk, isTicket, offered, oneTicket, receiptIn, row, saidYes, yesOf } from './desk.mjs';
import { rows, run, until } from './harness.mjs';

const limit = (balie, bytes) => run('prlimit', ['--pid', String(balie.child.pid), `--fsize=${bytes}:unlimited`]);

nodeTest('a full disk during a hand-off', async (t) => {
  const desk = await Desk.start(), balie = await desk.balie();
  try {
    await balie.start("trap '' XFSZ; exec \"$@\"");

    await t.test('at the yes: told at once, nothing at the desk, nothing half stored; the same click works when there is room', async (s) => {
      const c = await balie.client(), reply = await offered(c, 'mijn loonstrook mist een dag'), choice = yesOf(reply), id = c.newId();
      await limit(balie, 4096);
      const full = await c.choose(choice, id);
      assert.equal(full.error?.code, 'storage');
      assert.ok(full.error.retry_ms > 0);
      s.diagnostic(`the person reads: ${full.error.text}`);
      assert.deepEqual(c.frames.filter((f) => f.type === 'ticket'), [], 'no receipt for what was not stored');
      assert.equal(desk.posts.length, 0);
      assert.deepEqual(await rows(balie, 'SELECT count(*) n FROM effect'), [{ n: 0 }]);
      await limit(balie, 'unlimited');
      const told = await until('room', async () => {
        const r = await c.choose(choice, id);
        return r.answers.length && r;
      });
      const { posts } = await oneTicket(balie, desk, c, receiptIn(told.text));
      assert.equal(posts.length, 1);
    });

    await t.test('between the yes and the number: no second ticket, and the number comes when there is room', async () => {
      const c = await balie.client(), reply = await offered(c, 'mijn sleutel is weg');
      let answer;
      desk.next((call) => { answer = () => call.send(201, call.make()); });
      const { receipt } = await saidYes(c, reply);
      await until('the POST', () => answer);
      const { key } = await row(balie, receipt);
      await limit(balie, 4096);
      answer();
      await until('the read-back', () => desk.finds.some((f) => f.key === key));
      await until('a figure of after it', async () => (await balie.figure('outbox_in_flight')) === 0);
      assert.equal((await row(balie, receipt)).state, 1, 'its end cannot be stored');
      assert.equal(c.frames.filter(isTicket('open', receipt)).length, 0, 'a number only when it is stored');
      await limit(balie, 'unlimited');
      const { posts } = await oneTicket(balie, desk, c, receipt, 20_000);
      assert.equal(posts.length, 1);
      assert.match((await row(balie, receipt)).status, /confirmed|open/);
    });

    assert.deepEqual(await rows(balie, 'PRAGMA integrity_check'), [{ integrity_check: 'ok' }]);
    await balie.stop();
  } catch (e) {
    process.stdout.write(balie.log.split('\n').slice(-40).join('\n'));
    throw e;
  } finally {
    await balie.discard();
    await desk.down();
  }
});
