// Who gets a hand-off: routing.csv by the language of the conversation, up to the ticket's row.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { handOff, row, saidYes } from './desk.mjs';
import { Balie } from './harness.mjs';

let balie;
before(async () => {
  balie = await Balie.prepare();
  balie.write('intents/routing.csv', 'taal,gevoeligheid,wachtrij\n*,gevoelig,Confidential\nEngels,gewoon,Absence\n*,*,Payroll\n');
  await balie.start();
});
after(async () => {
  try { await balie.stop(); } finally { await balie.discard(); }
});

test('an English conversation goes to those who answer in English, a Dutch one to the others', async () => {
  const english = await balie.client({ language: 'en' });
  const { receipt } = await saidYes(english, await english.ask('how do i cook rice'));
  assert.equal((await row(balie, receipt)).queue, 'Absence');
  const dutch = await balie.client();
  assert.equal((await row(balie, (await handOff(dutch, 'mijn rooster klopt niet')).receipt)).queue, 'Payroll');
});
