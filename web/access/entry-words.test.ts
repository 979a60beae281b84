import { describe, expect, it } from 'vitest';
import { catalogues } from '../texts/catalogues.ts';
import type { AccessEntry } from './entry.ts';
import { actorLine, actorWords, outcomeWords, purposeWords, whatWords } from './entry-words.ts';
import { sampleEntry } from './sample-entry.ts';

const { vi } = catalogues;

describe('who read', () => {
  it.each<[AccessEntry['actor'], boolean, string]>([
    [{ kind: 'PERSON', name: null }, true, 'Bạn'],
    [{ kind: 'PERSON', name: null }, false, 'Cha, mẹ, người giám hộ hoặc người đại diện của bạn'],
    [{ kind: 'REPRESENTATIVE', name: null }, true, 'Bạn, với tư cách người đại diện'],
    [{ kind: 'REPRESENTATIVE', name: null }, false, 'Cha, mẹ, người giám hộ hoặc người đại diện của bạn'],
    [{ kind: 'RELYING_PARTY', name: 'Khách sạn Hồ Gươm' }, false, 'Khách sạn Hồ Gươm'],
    [{ kind: 'RELYING_PARTY', name: null }, false, 'Doanh nghiệp hoặc cơ quan'],
    [{ kind: 'OFFICER', name: 'Công an phường Hàng Trống' }, false, 'Cán bộ, Công an phường Hàng Trống'],
    [{ kind: 'AUDITOR', name: null }, false, 'Kiểm tra viên nhật ký'],
    [{ kind: 'APPLICANT', name: null }, false, 'Người đăng ký tài khoản'],
    [{ kind: 'SYSTEM', name: null }, false, 'Hệ thống định danh'],
  ])('%j (mine: %s) is %s', (actor, mine, said) => {
    expect(actorLine(sampleEntry(0, { actor, mine }), vi)).toBe(said);
  });

  it('a name of an office stands apart from our words, so that it is read out as Vietnamese', () => {
    const entry = sampleEntry(0, { actor: { kind: 'OFFICER', name: 'Công an phường Hàng Trống' } });
    expect(actorWords(entry, catalogues.en)).toEqual({ words: 'Officer', name: 'Công an phường Hàng Trống' });
  });
});

describe('why', () => {
  it('a code has words, and the right of access reads differently by who used it', () => {
    const own = { purpose: 'own_data' };
    expect(purposeWords(sampleEntry(0), vi)).toBe('Nhận phòng khách sạn, thông báo lưu trú');
    expect(purposeWords(sampleEntry(0, { ...own, mine: true }), vi)).toBe('Xem hồ sơ của chính mình');
    expect(purposeWords(sampleEntry(0, { ...own, actor: { kind: 'REPRESENTATIVE', name: null } }), vi)).toBe(
      'Xem hồ sơ thay cho bạn',
    );
  });

  it.each([
    ...['own_data', 'audit', 'registry_changes', 'registration'],
    ...['public_service', 'card_procedure', 'residence_check', 'traffic_check', 'audit_inspection'],
    ...['bank_account_opening', 'sim_registration', 'car_rental', 'airport', 'hospital', 'job_application'],
    ...['sharing', 'consent_claimed', 'consent_granted', 'consent_declined', 'consent_paused'],
    ...['consent_resumed', 'consent_revoked', 'consent_stopped', 'consent_expired'],
    ...['hotel_check_in', 'account_opening', 'medical_visit', 'subscriber_registration', 'boarding'],
  ])(
    '%s, which the gateway, sharing or the synthetic history writes, has words in every language',
    (purpose) => {
      for (const texts of Object.values(catalogues))
        expect(purposeWords(sampleEntry(0, { purpose }), texts)).not.toBe(texts.access.purposeOther(purpose));
    },
  );

  it('an unknown code is shown, and none is none', () => {
    expect(purposeWords(sampleEntry(0, { purpose: 'moon_landing' }), vi)).toBe(
      'Mục đích khác (mã moon_landing)',
    );
    expect(purposeWords(sampleEntry(0, { purpose: 'toString' }), vi)).toBe('Mục đích khác (mã toString)');
    expect(purposeWords(sampleEntry(0, { purpose: null }), vi)).toBeNull();
  });
});

describe('how it ended', () => {
  it('a refusal says why, an unknown one by its code', () => {
    const refused = (refusal: string): string =>
      outcomeWords(sampleEntry(0, { outcome: 'REFUSED', refusal }), vi);
    expect(refused('CONSENT_WITHDRAWN')).toBe('Đã từ chối: bạn đã rút lại sự đồng ý');
    expect(refused('NEW_CODE')).toBe('Đã từ chối: lý do khác (NEW_CODE)');
    expect(refused('OAUTH_INVALID_DPOP_PROOF')).toBe(
      'Đã từ chối: yêu cầu của bên hỏi không đúng giao thức (OAUTH_INVALID_DPOP_PROOF)',
    );
    expect(refused('other')).toBe('Đã từ chối: lý do khác (other)');
    expect(refused('constructor')).toBe('Đã từ chối: lý do khác (constructor)');
  });

  it('requested and not delivered is told as such', () => {
    expect(outcomeWords(sampleEntry(0, { outcome: 'UNDELIVERED' }), vi)).toBe('Đã yêu cầu, chưa gửi đến nơi');
  });
});

describe('a comparison for a registration', () => {
  const compared = { claims: ['registration.match'], actor: { kind: 'APPLICANT', name: null } } as const;

  it('reads as one that gave out nothing, in every language', () => {
    for (const texts of Object.values(catalogues)) {
      const entry = sampleEntry(0, compared);
      expect(whatWords(entry, texts)).toBe(texts.access.compared);
      expect(outcomeWords(entry, texts)).toBe(texts.access.comparedOutcome);
      expect(outcomeWords(entry, texts)).not.toContain(texts.access.outcomes.RELEASED);
    }
  });

  it('one that was refused or did not arrive, and one that read something besides, read as such', () => {
    const refused = sampleEntry(0, { ...compared, outcome: 'REFUSED', refusal: 'NOT_PERMITTED' });
    expect(whatWords(refused, vi)).toBe(vi.access.what.REFUSED);
    expect(outcomeWords(refused, vi)).toContain(vi.access.outcomes.REFUSED);
    const more = sampleEntry(0, { ...compared, claims: ['identity.basic', 'registration.match'] });
    expect(outcomeWords(more, vi)).toBe(vi.access.outcomes.RELEASED);
    expect(outcomeWords(sampleEntry(0, { claims: [] }), vi)).toBe(vi.access.outcomes.RELEASED);
  });
});
