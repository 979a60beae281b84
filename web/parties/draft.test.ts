import { describe, expect, it } from 'vitest';
import { draftOf, emptyPurpose, inputOf, placeIn, problemsOf, withPurpose } from './draft.ts';
import type { PartyProblem, Purpose, RelyingParty } from './relying-party.ts';

const purpose = (code: string): Purpose => ({
  code,
  label: { vi: code, en: code },
  claims: ['identity.basic', 'age.over'],
  retentionDays: 30,
  standing: false,
});
const catalogue = [purpose('hotel_check_in'), purpose('age_check')];

const registered: RelyingParty = {
  id: 'rp-1',
  state: 'APPROVED',
  reason: null,
  organisation: 'o1',
  legalName: 'Công ty Sen Vàng',
  displayName: 'Sen Vàng',
  taxCode: '9700000019',
  domain: 'sen.example',
  sector: 'HOTEL',
  dataContact: 'du-lieu@sen.example',
  redirectUris: ['https://sen.example/a', 'https://sen.example/b'],
  keyIds: ['k1'],
  jwksUri: 'https://sen.example/jwks',
  registeredAt: '2026-01-01T00:00:00Z',
  decidedAt: null,
  purposes: [{ code: 'hotel_check_in', claims: ['identity.basic'], retentionDays: 7, standing: false }],
};

describe('a draft of a registration', () => {
  it('begins with nothing chosen, and a purpose begins with no claim of it', () => {
    const draft = draftOf(null);
    expect(draft.purposes.size).toBe(0);
    const input = inputOf(withPurpose(draft, 'age_check', emptyPurpose), 'o1', catalogue);
    expect(input.purposes).toEqual([{ code: 'age_check', claims: [], retentionDays: -1, standing: false }]);
  });

  it('of what is registered is sent back as it was, but for the keys when they were pasted', () => {
    const { organisation, displayName, domain, dataContact, redirectUris, purposes, jwksUri } = registered;
    expect(inputOf(draftOf(registered), 'o1', catalogue)).toEqual({
      ...{ organisation, displayName, domain, dataContact, redirectUris, purposes, jwksUri },
      jwks: null,
    });
    expect(inputOf(draftOf({ ...registered, jwksUri: null }), 'o1', catalogue)).toMatchObject({
      jwks: '',
      jwksUri: null,
    });
  });

  it('takes one address a line and sends purposes in the order of the catalogue', () => {
    const both = withPurpose(withPurpose(draftOf(null), 'age_check', emptyPurpose), 'hotel_check_in', {
      ...emptyPurpose,
      retention: ' 30 ',
    });
    const input = inputOf(
      { ...both, redirects: ' https://a.example/1 \n\nhttps://a.example/2\n' },
      'o1',
      catalogue,
    );
    expect(input.redirectUris).toEqual(['https://a.example/1', 'https://a.example/2']);
    expect(input.purposes.map(({ code }) => code)).toEqual(['hotel_check_in', 'age_check']);
    expect(input.purposes[0]?.retentionDays).toBe(30);
  });

  it.each(['', '1.5', '-3', 'một', '1e3', '999999'])(
    'days typed as “%s” are never sent as a number of days',
    (retention) => {
      const draft = withPurpose(draftOf(null), 'age_check', { ...emptyPurpose, retention });
      expect(inputOf(draft, 'o1', catalogue).purposes[0]?.retentionDays).toBe(-1);
    },
  );

  it('a purpose that is given up is not sent', () => {
    expect(
      inputOf(withPurpose(draftOf(registered), 'hotel_check_in', null), 'o1', catalogue).purposes,
    ).toEqual([]);
  });
});

describe('problems', () => {
  const at = (field: string): PartyProblem => ({ field, code: 'X', hint: null });
  const problems = ['domain', 'redirectUris[1]', 'jwks.keys[2].kid', 'jwksUri', 'purposes[1].claims'].map(at);

  it('stand at their field and at no other that begins alike', () => {
    const found = (field: string) => problemsOf(problems, field).map((one) => one.field);
    expect(found('redirectUris')).toEqual(['redirectUris[1]']);
    expect(found('jwks')).toEqual(['jwks.keys[2].kid']);
    expect(found('jwksUri')).toEqual(['jwksUri']);
    expect(found('purposes[1]')).toEqual(['purposes[1].claims']);
    expect(found('purposes[1].retentionDays')).toEqual([]);
  });

  it('tell which line or key they are about', () => {
    expect(problems.map(({ field }) => placeIn(field))).toEqual([null, 2, 3, null, null]);
  });
});
