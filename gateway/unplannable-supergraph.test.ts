import { readSupergraph } from '@dinhdanh/schema';
import { expect, test } from 'vitest';
import { setScene } from './fixtures/scene.ts';

/** The shipped supergraph, of which nobody has the place of birth. */
const supergraph = readSupergraph().replace(
  'placeOfBirth: Place @join__field(graph: POPULATION)',
  'placeOfBirth: Place @join__field(graph: POPULATION, external: true)',
);

test('a supergraph of which a field is out of reach is not served', async () => {
  await expect(setScene({ supergraph })).rejects.toThrow(/No plan leads from .* to Citizen\.placeOfBirth/u);
});

test('where that is wanted it is served without the field, which is told, and refused to who asks', async () => {
  const scene = await setScene({ supergraph, settings: { unplannable: 'serve' } });
  const told = scene.events.filter(({ event }) => event === 'GATEWAY_FIELD_UNPLANNABLE');
  expect(new Set(told.map(({ fields }) => fields.code))).toEqual(new Set(['Citizen.placeOfBirth']));
  const refused = await scene.ask('{ person { fullName ... on Citizen { placeOfBirth { text } } } }');
  expect([refused.status, refused.data, refused.errors[0]?.extensions]).toMatchObject([
    400,
    undefined,
    { code: 'BAD_USER_INPUT', reason: 'UNPLANNABLE' },
  ]);
  expect(scene.population.calls).toEqual([]);
  expect(await scene.ask('{ person { fullName } }')).toMatchObject({
    data: { person: { fullName: scene.name } },
    errors: [],
  });
});
