// profiles - what the documentation of each product says goes over the wire when a ticket is
// opened and searched, for profiles.test.mjs. Sources stand in the profiles themselves.
//
// Per profile: `settings` of the desk; `headers` of every request besides Host, Accept and
// those of a body; `asks`, the questions before the first ticket, in order: [method, path,
// body or null, status, reply]; `open`: what a ticket `t` {key, subject, text, person} must
// look like, and `read`, which finds key, subject and text in it; `find`; `changed`, with SINCE
// for a time and what an empty list looks like. `number` is the product's for the n-th
// ticket; `failure` is a 2xx that made a ticket and does not say so.

const basic = (login) => `Basic ${Buffer.from(login).toString('base64')}`;
const html = (s) => s.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;').replace(/'/g, '&#39;')
  .replace(/\n/g, '<br>');
const unhtml = (s) => s.replace(/<br>/g, '\n').replace(/&#39;/g, '\'').replace(/&quot;/g, '"').replace(/&gt;/g, '>').replace(/&lt;/g, '<')
  .replace(/&amp;/g, '&');

const TOKEN = { token_file: 'token' }, PASSWORD = { user: 'balie@example.org', password_file: 'token' };
export const SECRET = 't0-k3n';

function servicenow(table, open, settings) {
  const made = (t, n) => ({ sys_id: `46d44a${n}`, number: `HRC${10000 + n}`, correlation_id: t.key });
  return {
    settings: { ...PASSWORD, values: { withdrawn: '8', reopened: '2', ...settings } },
    headers: { authorization: basic(`balie@example.org:${SECRET}`) },
    queue: 'HR Services',
    asks: [
      ['GET', `/api/now/table/sys_user_group?name=HR%20Services&active=true&sysparm_fields=sys_id%2Cname&sysparm_limit=2`, null,
        200, { result: [{ sys_id: '1', name: 'HR Services' }] }],
      ['GET', `/api/now/table/${table}?correlation_id=balie%20probe&sysparm_fields=sys_id%2Ccorrelation_id&sysparm_limit=1`, null,
        200, { result: [] }],
    ],
    open: {
      method: 'POST', path: `/api/now/table/${table}?sysparm_input_display_value=true&sysparm_fields=sys_id%2Cnumber%2Ccorrelation_id`,
      body: (t) => ({ short_description: t.subject, description: t.text, ...open(t), assignment_group: 'HR Services',
        correlation_id: t.key, correlation_display: 'balie', ...(settings.service && { hr_service: settings.service }) }),
      read: (b) => ({ key: b.correlation_id, subject: b.short_description, text: b.description }),
      status: 201, reply: (t, n) => ({ result: made(t, n) }),
    },
    find: {
      method: 'GET', path: (key) => `/api/now/table/${table}?sysparm_query=correlation_id%3D${key}%5EORDERBYnumber`
        + '&sysparm_fields=sys_id%2Cnumber%2Cstate%2Ccorrelation_id&sysparm_limit=20',
      reply: (list) => ({ result: list.map((t) => ({ ...made(t, t.n), state: '1' })) }),
    },
    changed: ['GET', `/api/now/table/${table}?sysparm_query=correlation_display%3Dbalie%5Esys_updated_on%3E%3DSINCE%5EORDERBYsys_updated_on`
      + '&sysparm_fields=sys_id%2Csys_updated_on&sysparm_limit=100', null, { result: [] }],
    number: (n) => `HRC${10000 + n}`,
    failure: { result: {} },
  };
}

export const profiles = {
  zammad: {
    settings: { ...TOKEN, values: { anonymous: 'anoniem@example.org', account: 'balie' } },
    headers: { authorization: `Token token=${SECRET}` },
    queue: 'HR',
    asks: [['POST', '/api/v1/tickets/search', { condition: { 'ticket.balie_key': { operator: 'is', value: 'balie probe HR' },
      'ticket.balie_employee': { operator: 'is', value: 'balie probe' } }, limit: 1, expand: true }, 200, []]],
    open: {
      method: 'POST', path: '/api/v1/tickets',
      body: (t) => ({ title: t.subject, group: 'HR', customer_id: `guess:${t.person}`, balie_key: t.key, balie_employee: 'demo',
        article: { subject: t.subject, body: t.text, content_type: 'text/plain', type: 'note', internal: false } }),
      read: (b) => ({ key: b.balie_key, subject: b.title, text: b.article.body }),
      status: 201, reply: (t, n) => ({ id: n, number: `9${1000 + n}`, title: t.subject, state_id: 1, balie_key: t.key }),
    },
    find: {
      method: 'POST', path: () => '/api/v1/tickets/search', key: (b) => b.condition['ticket.balie_key'].value,
      body: (key) => ({ condition: { 'ticket.balie_key': { operator: 'is', value: key } }, sort_by: 'id', order_by: 'asc', limit: 20,
        expand: true }),
      reply: (list) => list.map((t) => ({ id: t.n, number: `9${1000 + t.n}`, state: 'new', balie_key: t.key })),
    },
    changed: ['POST', '/api/v1/tickets/search', { condition: { 'ticket.balie_key': { operator: 'contains', value: '' },
      'ticket.updated_at': { operator: 'after (absolute)', value: 'SINCE' } }, sort_by: 'updated_at', order_by: 'asc', limit: 100, expand: true }, []],
    number: (n) => `9${1000 + n}`,
    failure: { error: 'Execution expired', error_human: 'Execution expired' },
  },

  topdesk: {
    settings: { ...PASSWORD, values: { anonymous: 'anoniem@example.org', withdrawn: 'Ingetrokken', reopened: 'In behandeling' } },
    headers: { authorization: basic(`balie@example.org:${SECRET}`) },
    queue: 'Personeelszaken',
    asks: [['GET', '/tas/api/operatorgroups/lookup?name=Personeelszaken&top=10', null, 200,
      { results: [{ id: 'aa-01', name: 'Personeelszaken' }] }]],
    open: {
      method: 'POST', path: '/tas/api/incidents',
      body: (t) => ({ callerLookup: { email: t.person }, status: 'firstLine', briefDescription: t.subject.slice(0, 80), request: html(t.text),
        externalNumber: t.key, operatorGroup: { name: 'Personeelszaken' } }),
      read: (b) => ({ key: b.externalNumber, subject: b.briefDescription, text: unhtml(b.request) }),
      status: 201, reply: (t, n) => ({ id: `6f0e-${n}`, number: `I2611 ${String(n).padStart(3, '0')}`, externalNumber: t.key }),
    },
    find: {
      method: 'GET', path: (key) => `/tas/api/incidents?query=externalNumber%3D%3D${key}&fields=id%2Cnumber%2CexternalNumber%2Ccompleted`
        + '&page_size=20',
      reply: (list) => list.map((t) => ({ id: `6f0e-${t.n}`, number: `I2611 ${String(t.n).padStart(3, '0')}`, externalNumber: t.key,
        completed: false })),
      none: 204,
    },
    changed: ['GET', '/tas/api/incidents?query=modificationDate%3Dgt%3DSINCE&fields=id%2CmodificationDate'
      + '&sort=modificationDate%3Aasc&page_size=100', null, []],
    number: (n) => `I2611 ${String(n).padStart(3, '0')}`,
    failure: { errors: [{ errorMessage: 'Something went wrong' }] },
  },

  servicenow: servicenow('incident', (t) => ({ caller_id: t.person, contact_type: 'self-service' }), {}),
  servicenow_hr: servicenow('sn_hr_core_case', (t) => ({ opened_for: t.person, subject_person: t.person }), { service: 'General inquiry' }),

  jira: {
    settings: { ...PASSWORD, values: { service_desk: '4', key_field: '10050', account: '5b10ac8d', withdrawn: '71', reopened: '81' } },
    headers: { authorization: basic(`balie@example.org:${SECRET}`) },
    queue: '25',
    asks: [['GET', '/rest/servicedeskapi/servicedesk/4/requesttype/25/field', null, 200, { canRaiseOnBehalfOf: true,
      canAddRequestParticipants: true, requestTypeFields: [{ fieldId: 'summary', required: true }, { fieldId: 'description' },
        { fieldId: 'customfield_10050', required: false }] }]],
    open: {
      method: 'POST', path: '/rest/servicedeskapi/request',
      body: (t) => ({ serviceDeskId: '4', requestTypeId: '25', requestFieldValues: { summary: t.subject, description: t.text,
        customfield_10050: t.key } }),
      read: (b) => ({ key: b.requestFieldValues.customfield_10050, subject: b.requestFieldValues.summary,
        text: b.requestFieldValues.description }),
      status: 201, reply: (t, n) => ({ issueId: String(107000 + n), issueKey: `HR-${n}`, requestTypeId: '25', serviceDeskId: '4' }),
    },
    find: {
      method: 'GET', path: (key) => `/rest/api/3/search/jql?jql=cf%5B10050%5D%20~%20%22${key}%22%20ORDER%20BY%20key%20ASC`
        + '&fields=status%2Ccustomfield_10050&maxResults=20',
      reply: (list) => ({ isLast: true, issues: list.map((t) => ({ id: String(107000 + t.n), key: `HR-${t.n}`,
        fields: { status: { name: 'Waiting for support', statusCategory: { key: 'new' } }, customfield_10050: t.key } })) }),
    },
    changed: ['GET', '/rest/api/3/search/jql?jql=cf%5B10050%5D%20IS%20NOT%20EMPTY%20AND%20updated%20%3E%3D%20%22SINCE%22%20ORDER%20BY%20updated%20ASC'
      + '&fields=updated&maxResults=100', null, { issues: [] }],
    number: (n) => `HR-${n}`,
    failure: { errorMessage: 'Your request could not be created', i18nErrorMessage: {} },
  },

  zendesk: {
    settings: { ...PASSWORD, values: { account: '77' } },
    headers: { authorization: basic(`balie@example.org/token:${SECRET}`) },
    queue: '3600',
    asks: [['GET', '/api/v2/groups/3600.json', null, 200, { group: { id: 3600, name: 'HR', deleted: false } }],
      ['GET', '/api/v2/users/me.json', null, 200, { user: { id: 77, role: 'agent' } }]],
    open: {
      method: 'POST', path: '/api/v2/tickets.json', headers: (t) => ({ 'idempotency-key': t.key }),
      body: (t) => ({ ticket: { subject: t.subject.slice(0, 150), comment: { body: t.text }, requester: { name: 'Sanne de Vries', email: t.person },
        group_id: 3600, external_id: t.key, tags: ['balie'] } }),
      read: (b) => ({ key: b.ticket.external_id, subject: b.ticket.subject, text: b.ticket.comment.body }),
      status: 201, reply: (t, n) => ({ ticket: { id: n, external_id: t.key, status: 'new' } }),
    },
    find: {
      method: 'GET', path: (key) => `/api/v2/tickets.json?external_id=${key}`,
      reply: (list) => ({ tickets: list.map((t) => ({ id: t.n, external_id: t.key, status: 'new' })), count: list.length }),
    },
    changed: ['GET', '/api/v2/search.json?query=type%3Aticket%20tags%3Abalie%20updated%3E%3DSINCE&sort_by=updated_at&sort_order=asc&per_page=100',
      null, { results: [], count: 0 }],
    number: (n) => String(n),
    failure: { ticket: null },
    unclear: [409],
  },

  freshservice: {
    settings: { ...TOKEN, values: { anonymous: 'anoniem@example.org' } },
    headers: { authorization: basic(`${SECRET}:X`) },
    queue: '21000',
    asks: [['GET', '/api/v2/groups/21000', null, 200, { group: { id: 21000, name: 'HR' } }],
      ['GET', '/api/v2/ticket_form_fields', null, 200, { ticket_fields: [{ name: 'subject' }, { name: 'balie_key' }] }]],
    open: {
      method: 'POST', path: '/api/v2/tickets',
      body: (t) => ({ email: t.person, subject: t.subject, description: html(t.text), status: 2, priority: 1, source: 2, group_id: 21000,
        custom_fields: { balie_key: t.key } }),
      read: (b) => ({ key: b.custom_fields.balie_key, subject: b.subject, text: unhtml(b.description) }),
      status: 201, reply: (t, n) => ({ ticket: { id: n, subject: t.subject, status: 2, custom_fields: { balie_key: t.key } } }),
    },
    find: {
      method: 'GET', path: (key) => `/api/v2/tickets/filter?query=%22balie_key%3A%27${key}%27%22`,
      reply: (list) => ({ tickets: list.map((t) => ({ id: t.n, status: 2, custom_fields: { balie_key: t.key } })) }),
    },
    changed: ['GET', '/api/v2/tickets?updated_since=SINCE&order_type=asc&per_page=100', null, { tickets: [] }],
    number: (n) => String(n),
    failure: { description: 'Validation failed', errors: [{ field: 'email', message: 'x', code: 'invalid_value' }] },
  },

  redmine: {
    settings: { ...TOKEN, values: { key_field: '1', person_field: '2', tracker: '3', withdrawn: '6', reopened: '1' } },
    headers: { 'x-redmine-api-key': SECRET },
    queue: 'hr',
    asks: [['GET', '/projects/hr.json?include=issue_custom_fields%2Ctrackers', null, 200, { project: { id: 1, name: 'HR',
      trackers: [{ id: 3, name: 'Support' }], issue_custom_fields: [{ id: 1, name: 'balie key' }, { id: 2, name: 'employee' }] } }],
    ['POST', '/issues.json', { issue: { project_id: 'hr', tracker_id: '3', subject: '' } }, 422, { errors: ['Subject cannot be blank'] }]],
    open: {
      method: 'POST', path: '/issues.json',
      body: (t) => ({ issue: { project_id: 'hr', tracker_id: '3', subject: t.subject, description: t.text,
        custom_fields: [{ id: '1', value: t.key }, { id: '2', value: 'demo' }] } }),
      read: (b) => ({ key: b.issue.custom_fields?.[0].value, subject: b.issue.subject, text: b.issue.description }),
      status: 201, reply: (t, n) => ({ issue: { id: n, subject: t.subject, custom_fields: [{ id: 1, name: 'balie key', value: t.key }] } }),
    },
    find: {
      method: 'GET', path: (key) => `/issues.json?cf_1=${key}&status_id=%2A&sort=id&limit=20`,
      reply: (list) => ({ issues: list.map((t) => ({ id: t.n, status: { id: 1, name: 'New' },
        custom_fields: [{ id: 1, name: 'balie key', value: t.key }] })), total_count: list.length, offset: 0, limit: 20 }),
    },
    changed: ['GET', '/issues.json?cf_1=%2A&updated_on=%3E%3DSINCE&status_id=%2A&sort=updated_on&limit=100', null, { issues: [] }],
    number: (n) => String(n),
    failure: { errors: [] },
  },
};
