import { describe, expect, it } from 'vitest';
import { checkInterfaceKeys } from './check-interface-keys.ts';
import { broken, lawful } from './lawful.fixture.ts';

describe('interfaces with keys are what the specification asks, not only what our composer takes', () => {
  it('accepts a lawful schema', () => {
    expect(checkInterfaceKeys(lawful())).toEqual([]);
  });

  it('refuses a keyed interface of which a kind is missing', () => {
    expect(checkInterfaceKeys(broken('population', 'type Citizen', 'type Foreigner'))).toEqual([
      'accounts keys Person but does not name its kind Foreigner with a key.',
    ]);
  });

  it('refuses an interface object for which nobody keys the interface', () => {
    expect(
      checkInterfaceKeys(broken('accounts', 'interface Person @key(fields: "subject")', 'interface Person')),
    ).toEqual(['vehicles sees Person as one object, but no subgraph keys the interface.']);
  });

  it('refuses an interface object beside a kind of it', () => {
    const kind = 'type Citizen implements Person { name: String } type Vehicle @claim';
    expect(checkInterfaceKeys(broken('vehicles', 'type Vehicle @claim', kind))).toEqual([
      'vehicles sees Person as one object and declares its kind Citizen too.',
    ]);
  });
});
