// Articles in the formats people have: dropped into the running desk's folder, or imported.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { program, run, suite, until } from './harness.mjs';

suite('articles', { content: 'small' }, (balie, test) => {
  const ask = async (text) => {
    const r = await run(program, ['ask', '--json', '--knowledge-only', '--lang', 'nl',
      '--config', balie.path('balie.yaml'), text], { timeout: 120_000, cwd: balie.folder });
    assert.equal(r.code, 0, r.stderr);
    return JSON.parse(r.stdout);
  };
  const importing = (...args) => run(program, ['import', 'article', ...args, '--config', balie.path('balie.yaml')],
    { timeout: 120_000, cwd: balie.folder });

  test('a web page is live as soon as it is saved, a change of it too, and gone when it is deleted', async () => {
    const client = await balie.client();
    const says = (word) => async () => {
      let r = await client.ask('hoe werkt de zonnebankregeling voor zonaanbidders');
      const offered = r.choices.find((c) => c.label.startsWith('Zonnebankregeling'));
      if (offered) r = await client.choose(offered);
      return r.text.includes(word) && r;
    };
    const page = (n) => `<html lang="nl"><head><title>x</title></head><body><nav>menu</nav>
      <h1>Zonnebankregeling</h1><p>De zonnebankregeling voor zonaanbidders geeft ${n} minuten zon.</p></body></html>`;
    balie.write('knowledge/nl/zon.html', page('zeven'));
    const answer = await until('the page', says('zeven'), 30_000);
    assert.equal(answer.sources[0].path, 'nl/zon.html');
    assert.doesNotMatch(answer.text, /menu/);
    balie.write('knowledge/nl/zon.html', page('negen'));
    await until('the change', says('negen'), 30_000);
    fs.rmSync(balie.path('knowledge/nl/zon.html'));
    await until('its end', async () => !(await says('minuten')()), 30_000);
  });

  test('a Word document becomes articles, and what was lost is told', async () => {
    balie.write('Regels.md', '# Kantinekorting\n\nDe kantinekorting is 15 procent.[^1]\n\n## Voor wie\n\n' +
      'Voor iedereen met een pas.\n\n[^1]: Afgesproken in 2025.\n\n# Fietsenstalling\n\nDe fietsenstalling sluit om acht uur.\n');
    const made = await run('pandoc', [balie.path('Regels.md'), '-o', balie.path('Regels 2026.docx')]);
    assert.equal(made.code, 0, made.stderr);
    const r = await importing('Regels 2026.docx', '--lang', 'nl');
    assert.equal(r.code, 0, r.stderr);
    assert.match(r.stdout, /^\S*\/knowledge\/nl\/regels-2026\/kantinekorting\.md: 2 sections, from Regels 2026\.docx$/m);
    assert.match(r.stdout, /^ {2}1 footnote stands in brackets in the text now$/m);
    const found = await ask('hoeveel kantinekorting krijg ik');
    assert.equal(found.articles[0].path, 'nl/regels-2026/kantinekorting.md');
    assert.match(balie.read('knowledge/nl/regels-2026/kantinekorting.md'), /15 procent\. \(Afgesproken in 2025\.\)/);
    const again = await importing('Regels 2026.docx', '--lang', 'nl');
    assert.equal(again.code, 1, 'never over an article that is there');
    assert.match(again.stderr, /this article is there already/);
  });

  test('what cannot be read is told', async () => {
    const r = await importing('gone.pdf', 'balie.yaml', '--lang', 'nl');
    assert.equal(r.code, 1);
    assert.match(r.stderr, /gone\.pdf: error: there is no such file/);
    assert.match(r.stderr, /balie\.yaml: error: known are \.docx, \.odt/);
    balie.write('x.odt', 'no document');
    const without = await run(program, ['import', 'article', 'x.odt', '--config', balie.path('balie.yaml')],
      { cwd: balie.folder, env: { PATH: balie.folder } });
    assert.equal(without.code, 1);
    assert.match(without.stderr, /pandoc is needed to read this and is not installed; on Debian: apt-get install pandoc/);
    const broken = await importing('x.odt', '--lang', 'nl');
    assert.match(broken.stderr, /pandoc could not read this/);
  });

  test('a scanned PDF is told, a PDF with text is imported', async () => {
    const pdf = (text) => `%PDF-1.4
1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj
3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>> endobj
4 0 obj <</Length ${text.length}>> stream\n${text}\nendstream endobj
5 0 obj <</Type/Font/Subtype/Type1/BaseFont/Helvetica>> endobj
trailer <</Root 1 0 R>>`;
    balie.write('scan.pdf', pdf(''));
    const scan = await importing('scan.pdf', '--lang', 'nl');
    assert.match(scan.stderr, /it has no text: it is probably scanned/);
    balie.write('text.pdf', pdf('BT /F 12 Tf 20 250 Td (Prikklok) Tj 0 -60 Td (De prikklok hangt in de gang.) Tj ET'));
    const text = await importing('text.pdf', '--lang', 'nl');
    assert.equal(text.code, 0, text.stderr);
    assert.match(balie.read('knowledge/nl/text.md'), /De prikklok hangt in de gang\./);
  });

  test('the check names the words of unanswered questions that no article has, from five questions on', async () => {
    const client = await balie.client();
    for (let i = 0; i < 5; i++) {
      await client.ask(`waar staat de zwevelmachine nummer ${i}`);
      if (i < 4) await client.ask(`en de krommelkast nummer ${i}`);
    }
    const r = await run(program, ['check', '--config', balie.path('balie.yaml')], { timeout: 120_000, cwd: balie.folder });
    assert.match(r.stderr, /words\.md: warning: `zwevelmachine` \(nl\) stood in 5 questions that nobody answered, and in no article/);
    assert.doesNotMatch(r.stderr, /krommelkast/, 'nobody is to be recognised by a word');
  });
});
