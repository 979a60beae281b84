import { expect, test } from 'vitest';
import { sessions, setScene } from './fixtures/scene.ts';

test.each([
  ['as it came', 'Nguyễn Văn Ân '.repeat(1_000)],
  ['with signs that JSON escapes', 'Nguyễn "Văn"\n\\Ân '.repeat(1_000)],
])(
  'a long answer %s is released alike, parsed or read as bytes: attested, written down, with a receipt',
  async (_, name) => {
    const scene = await setScene();
    scene.name = name;
    // The first run is parsed, and so long that the others are read as bytes.
    for (let asked = 0; asked < 4; asked += 1) {
      const { status, data, errors, extensions, headers } = await scene.ask('{ person { fullName sex } }');
      expect([status, errors]).toEqual([200, []]);
      expect(data).toEqual({ person: { fullName: name, sex: 'MALE' } });
      expect(extensions).toMatchObject({ accessReceipt: { index: asked } });
      expect(headers.get('content-type')).toContain('charset=utf-8');
      expect(scene.log.entries[asked]).toMatchObject({
        requestId: extensions['requestId'],
        sources: ['population'],
        claims: ['identity.basic'],
      });
    }
  },
);

test('a record of somebody else is refused when it is read as bytes, as when it is parsed', async () => {
  const scene = await setScene();
  scene.name = 'x'.repeat(10_000);
  const ask = () => scene.ask('{ person { fullName } }', { session: sessions.guardian });
  for (let asked = 0; asked < 3; asked += 1) expect((await ask()).errors).toEqual([]);
  scene.answersOf = 'ward';
  const { data, errors } = await ask();
  expect([data, errors.map(({ extensions }) => extensions.code)]).toEqual([
    { person: { fullName: null } },
    ['SOURCE_INVALID'],
  ]);
});
