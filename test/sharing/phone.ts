import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ServiceAnswer, TestCaller } from '@dinhdanh/kit/testing';
import type { SharingUnderTest } from './sharing-under-test.ts';

/** The phone of a person of full age at level 2, as the gateway vouches for it. */
export class Phone {
  readonly #sharing: Pick<SharingUnderTest, 'client'>;
  readonly subject = `subject-${randomUUID()}`;

  constructor(sharing: Pick<SharingUnderTest, 'client'>) {
    this.#sharing = sharing;
  }

  /** Takes a request by what a picture or a link holds. */
  claim(address: string): Promise<ServiceAnswer> {
    const [, code = ''] = address.split('#/share/');
    return this.#ask('mutation($input: ClaimShareInput!) { claimShare(input: $input) { handle state } }', {
      input: { code },
    });
  }

  /** Approves a request that it has taken; gives the number and, by the link, the way back. */
  async approve(handle: string): Promise<{ readonly number: string; readonly returnUrl: string | null }> {
    // A confirmation counts only if it is younger than the taking.
    await sleep(5);
    const confirmed = { id: randomUUID(), at: new Date().toISOString(), method: 'passcode' as const };
    const answer = await this.#ask(
      'mutation($input: DecideShareInput!) { decideShare(input: $input) { state number returnUrl } }',
      { input: { handle, decision: 'APPROVE' } },
      { confirmed },
    );
    const decided = answer.body.data?.decideShare;
    if (decided?.state !== 'APPROVED') throw new TypeError(`not approved: ${JSON.stringify(answer.body)}`);
    return decided;
  }

  /** Looks at a request that it has taken: how it stands, and the number while there is one. */
  async look(handle: string): Promise<{ readonly state: string; readonly number: string | null }> {
    const answer = await this.#ask(
      'query($handle: String!) { shareRequest(handle: $handle) { state number } }',
      {
        handle,
      },
    );
    return answer.body.data.shareRequest;
  }

  #ask(query: string, variables: Record<string, unknown>, more: TestCaller = {}): Promise<ServiceAnswer> {
    return this.#sharing.client.ask(query, variables, {
      act: { kind: 'person', id: this.subject },
      level: 2,
      subjects: [{ id: this.subject, as: 'self', claims: [] }],
      ids: {
        [this.subject]: {
          kind: 'CITIZEN',
          personalNumber: '097190000001',
          cancelledNumbers: [],
          oldIdNumber: null,
          matchName: 'nguyen van thu',
          dateOfBirth: '1990-03-02',
          passports: [],
        },
      },
      ...more,
    });
  }
}
