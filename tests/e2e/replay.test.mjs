// What HR sees of an edit before it is live: past questions under the old and the new content.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { Balie, program, run, suite } from './harness.mjs';

suite('check --replay', { content: 'small' }, (balie, test) => {
  const check = (at, ...args) =>
    run(program, ['check', '--config', at.path('balie.yaml'), ...args], { timeout: 120_000, cwd: at.folder });

  test('an edit in a copy is compared with what the desk uses now, while it runs', async () => {
    const client = await balie.client();
    await client.ask('bestaat er een regeling voor onderwaterfietsen, mail mij op jan@bedrijf.nl');
    fs.cpSync(balie.path('intents'), balie.path('copy'), { recursive: true });
    const cards = balie.read('copy/cards.md');
    balie.write('copy/cards.md', cards.replace('Je hebt nog **', 'Er staat nog **').replace('- ik ben ziek\n', '- ik ben er niet\n'));
    balie.write('past.txt', 'wat is mijn verlofsaldo\n\nik ben ziek\nik wil verlof aanvragen\n');

    const r = await check(balie, '--intents', balie.path('copy'), '--replay', balie.path('past.txt'));
    assert.match(r.stdout, /^wat is mijn verlofsaldo\n {4}before and after: leave\.balance answers, with another text$/m);
    assert.doesNotMatch(r.stdout, /ik wil verlof aanvragen/);
    assert.match(r.stdout, /^[12] of 3 answers change$/m);

    const same = await check(balie, '--replay', balie.path('past.txt'));
    assert.match(same.stdout, /^0 of 3 answers change$/m, 'nothing was edited');

    const listed = await check(balie, '--replay', 'unanswered', '--against', balie.path('copy'));
    assert.match(listed.stdout, /^0 of 1 answers change$/m, 'the list of the running desk is read');
  });

  test('without an earlier version it says what to name', async (t) => {
    const fresh = await Balie.prepare();
    t.after(() => fresh.discard());
    fresh.write('past.txt', 'ik ben ziek\n');
    const r = await check(fresh, '--replay', fresh.path('past.txt'));
    assert.equal(r.code, 1);
    assert.match(r.stderr, /no earlier version of this; name the folder with the old content: --against DIR/);
    const gone = await check(fresh, '--replay', fresh.path('gone.txt'));
    assert.equal(gone.code, 1);
    assert.match(gone.stderr, /gone\.txt: the file cannot be read/);
  });
});
