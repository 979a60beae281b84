import { expect, test } from 'vitest';
import { clientNetwork, hideHost } from './client-network.ts';

test.each([
  ['203.0.113.77', '203.0.113.x'],
  ['::ffff:203.0.113.77', '203.0.113.x'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1::x'],
  ['2001:0DB8:0001::1', '2001:db8:1::x'],
  ['::1', '0:0:0::x'],
  ['fe80::1%eth0', 'fe80:0:0::x'],
])('%s is shown as %s', (address, shown) => {
  expect(hideHost(address)).toBe(shown);
});

test('what a browser calls itself is cut short and holds nothing but printable characters', () => {
  const agentOf = (agent?: string): string | undefined =>
    clientNetwork({ ip: '::1', headers: agent === undefined ? {} : { 'user-agent': agent } }).agent;
  expect(agentOf(`Mozilla\t/5.0\u0000 ${'x'.repeat(300)}`)).toBe(`Mozilla/5.0 ${'x'.repeat(188)}`);
  expect(agentOf('đ')).toBeUndefined();
  expect(agentOf()).toBeUndefined();
});
