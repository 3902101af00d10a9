// A servicedesk that makes a ticket of every POST and keeps nothing. Prints its port.
import http from 'node:http';

let id = 0;
const server = http.createServer((request, response) => {
  request.on('data', () => {}).on('end', () => {
    const body = request.method === 'POST' ? `{"id":"${++id}","type":"ticket"}` : '{"name":"HR"}';
    response.writeHead(request.method === 'POST' ? 201 : 200, { 'Content-Type': 'application/json', 'Content-Length': body.length });
    response.end(body);
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
