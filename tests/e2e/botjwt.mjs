// botjwt - stands in for the Bot Connector's side of a login: OpenID metadata and keys on
// loopback, tokens for every way of getting them wrong, and the verdict of Microsoft's own
// validator (botframework-connector) on each, so that ours can be compared case by case.
import http from 'node:http';
import crypto from 'node:crypto';
import bc from 'botframework-connector';

export const APP = '11111111-2222-3333-4444-555555555555';
const ISS = 'https://api.botframework.com';
const b64 = (x) => Buffer.from(typeof x === 'string' ? x : JSON.stringify(x)).toString('base64url');
const rsa = () => crypto.generateKeyPairSync('rsa', { modulusLength: 2048 });
const keys = { k1: rsa(), kOther: rsa(), kEmpty: rsa(), stranger: rsa(), kEc: crypto.generateKeyPairSync('ec', { namedCurve: 'P-256' }) };
const endorse = { k1: ['msteams', 'webchat'], kOther: ['skype'], kEmpty: [], kEc: ['msteams'] };
const jwks = () => ({ keys: Object.keys(endorse).map((kid) => ({ ...keys[kid].publicKey.export({ format: 'jwk' }), use: 'sig', kid, x5t: kid, endorsements: endorse[kid] })) });
const HASH = { 256: 'sha256', 384: 'sha384', 512: 'sha512' };

function mint({ header = {}, claims = {}, key = 'k1', drop = [], serviceUrl, scheme = 'Bearer', tamper } = {}) {
  const now = Math.floor(Date.now() / 1000);
  const h = { typ: 'JWT', alg: 'RS256', kid: key, x5t: key, ...header };
  const c = { serviceurl: serviceUrl, nbf: now - 10, exp: now + 3600, iss: ISS, aud: APP, ...claims };
  for (const d of drop) { delete c[d]; delete h[d]; }
  const input = b64(h) + '.' + b64(c);
  const bits = h.alg.slice(2);
  let sig = Buffer.alloc(0);
  if (h.alg.startsWith('RS')) sig = crypto.sign(HASH[bits], Buffer.from(input), keys[key].privateKey);
  else if (h.alg.startsWith('PS')) sig = crypto.sign(HASH[bits], Buffer.from(input), { key: keys[key].privateKey, padding: crypto.constants.RSA_PKCS1_PSS_PADDING, saltLength: +bits / 8 });
  else if (h.alg.startsWith('ES')) sig = crypto.sign('sha256', Buffer.from(input), { key: keys[key].privateKey, dsaEncoding: 'ieee-p1363' });
  else if (h.alg.startsWith('HS')) sig = crypto.createHmac(HASH[bits], keys[key].publicKey.export({ type: 'spki', format: 'pem' })).update(input).digest();
  let tok = input + '.' + sig.toString('base64url');
  if (tamper) tok = b64(h) + '.' + b64({ ...c, tampered: 1 }) + '.' + sig.toString('base64url');
  return (scheme ? scheme + ' ' : '') + tok;
}

const t = (s) => Math.floor(Date.now() / 1000) + s;
// name -> [mint options maker, activity overrides]
export const CASES = {
  valid: [() => ({})],
  valid_rs384: [() => ({ header: { alg: 'RS384' } })],
  valid_rs512: [() => ({ header: { alg: 'RS512' } })],
  ps256: [() => ({ header: { alg: 'PS256' } })],
  es256_key_in_jwks: [() => ({ header: { alg: 'ES256' }, key: 'kEc' })],
  hs256_with_public_key: [() => ({ header: { alg: 'HS256' } })],
  alg_none: [() => ({ header: { alg: 'none' } })],
  tampered_payload: [() => ({ tamper: true })],
  wrong_aud: [() => ({ claims: { aud: 'someone-else' } })],
  missing_aud: [() => ({ drop: ['aud'] })],
  aud_array: [() => ({ claims: { aud: [APP] } })],
  wrong_iss: [() => ({ claims: { iss: 'https://evil.example' } })],
  missing_iss: [() => ({ drop: ['iss'] })],
  exp_4min_ago: [() => ({ claims: { exp: t(-240) } })],
  exp_6min_ago: [() => ({ claims: { exp: t(-360) } })],
  missing_exp: [() => ({ drop: ['exp'] })],
  nbf_4min_ahead: [() => ({ claims: { nbf: t(240) } })],
  nbf_6min_ahead: [() => ({ claims: { nbf: t(360) } })],
  missing_nbf: [() => ({ drop: ['nbf'] })],
  unknown_kid: [() => ({ header: { kid: 'nope' } })],
  missing_kid: [() => ({ drop: ['kid'] })],
  stranger_key_known_kid: [() => ({ key: 'stranger', header: { kid: 'k1' } })],
  serviceurl_mismatch: [() => ({ claims: { serviceurl: 'https://other.example/' } })],
  serviceurl_missing: [() => ({ drop: ['serviceurl'] })],
  serviceurl_no_trailing_slash: [(su) => ({ claims: { serviceurl: su.replace(/\/$/, '') } })],
  serviceurl_other_case: [(su) => ({ claims: { serviceurl: su.toUpperCase() } })],
  serviceurl_claim_camelcase: [(su) => ({ drop: ['serviceurl'], claims: { serviceUrl: su } })],
  endorsement_wrong_channel: [() => ({ key: 'kOther' })],
  endorsement_empty_list: [() => ({ key: 'kEmpty' })],
  endorsement_channel_blank: [() => ({ key: 'kOther' }), { channelId: '' }],
  scheme_lowercase: [() => ({ scheme: 'bearer' })],
  scheme_missing: [() => ({ scheme: '' })],
};
export const SU = 'https://smba.trafficmanager.net/emea/';

/** The Authorization header of a case. */
export const header = (name, serviceUrl = SU) => mint({ serviceUrl, ...CASES[name][0](serviceUrl) });
/** What the activity of a case has of its own. */
export const own = (name) => CASES[name][1] ?? {};

/** Metadata and keys. `keys` counts how often they were asked for. */
export async function start() {
  const rig = { asked: 0, hidden: [] };
  const server = http.createServer((q, r) => {
    const json = (o) => { r.writeHead(200, { 'content-type': 'application/json' }); r.end(JSON.stringify(o)); };
    if (q.url === '/v1/.well-known/openidconfiguration')
      return json({ issuer: ISS, authorization_endpoint: 'https://invalid.botframework.com', jwks_uri: `${rig.base}/v1/.well-known/keys`, id_token_signing_alg_values_supported: ['RS256'], token_endpoint_auth_methods_supported: ['private_key_jwt'] });
    if (q.url === '/v1/.well-known/keys') { rig.asked++; return json({ keys: jwks().keys.filter((k) => !rig.hidden.includes(k.kid)) }); }
    r.writeHead(404); r.end();
  });
  await new Promise((ok) => server.listen(0, '127.0.0.1', ok));
  rig.base = 'http://127.0.0.1:' + server.address().port;
  rig.metadata = rig.base + '/v1/.well-known/openidconfiguration';
  rig.close = () => { server.closeAllConnections(); server.close(); };
  return rig;
}

/** Microsoft's verdict: both of its ways in must agree. */
export async function oracle(rig, name) {
  bc.ChannelValidation.OpenIdMetadataEndpoint = rig.metadata;
  const cloud = bc.BotFrameworkAuthenticationFactory.create('', true, 'https://login.microsoftonline.com/botframework.com', 'https://api.botframework.com', ISS, 'https://api.botframework.com', rig.metadata, 'https://login.microsoftonline.com/common/v2.0/.well-known/openid-configuration', '', new bc.PasswordServiceClientCredentialFactory(APP, 'unused'), new bc.AuthenticationConfiguration(), undefined, undefined);
  const activity = { type: 'message', channelId: 'msteams', serviceUrl: SU, ...own(name) };
  const verdict = async (f) => { try { const id = await f(); return Boolean(id && (id.isAuthenticated || id.claimsIdentity)); } catch { return false; } };
  const quiet = console.error;
  console.error = () => {};
  const both = [await verdict(() => bc.JwtTokenValidation.authenticateRequest(activity, header(name), new bc.SimpleCredentialProvider(APP, 'unused'), '')),
    await verdict(() => cloud.authenticateRequest(activity, header(name)))];
  console.error = quiet;
  if (both[0] !== both[1]) throw new Error(`${name}: the two ways of Microsoft's differ`);
  return both[0];
}
