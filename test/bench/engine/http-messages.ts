/** A GraphQL request as a whole HTTP/1.1 message; `fields` are header lines of its own, each with its end. */
export function framedRequest(body: string, fields: string): Buffer {
  return Buffer.from(
    `POST /graphql HTTP/1.1\r\nhost: localhost\r\naccept: application/json\r\ncontent-type: application/json\r\n` +
      `${fields}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}

/** An answer in JSON as a whole HTTP/1.1 message. */
export function framedAnswer(json: string): string {
  const length = Buffer.byteLength(json);
  return `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${length}\r\n\r\n${json}`;
}
