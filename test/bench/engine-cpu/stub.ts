/** A server in a process of its own that answers every request with the same bytes: nothing of HTTP but the end of a head is read. */
import { createServer } from 'node:net';

const body = JSON.stringify({
  data: { _entities: [{ name: 'x'.repeat(200), id: 'person-1', list: [1, 2, 3] }] },
});
const head = `HTTP/1.1 200 OK\r\ncontent-type: application/json; charset=utf-8\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: keep-alive\r\n\r\n`;
const answer = Buffer.from(head + body);
const server = createServer((socket) => {
  socket.setNoDelay(true);
  socket.on('data', () => void socket.write(answer));
  socket.on('error', () => socket.destroy());
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.(typeof address === 'object' ? address?.port : 0);
});
