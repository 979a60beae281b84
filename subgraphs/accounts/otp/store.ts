import type { PrismaClient } from '../generated/prisma/client.ts';

/** What is done with codes besides issuing and checking them. */
export class OtpStore {
  readonly #prisma: PrismaClient;

  constructor(prisma: PrismaClient) {
    this.#prisma = prisma;
  }

  /** How many wrong codes there were since an instant, of everybody together. */
  async failuresSince(since: Date): Promise<number> {
    const [row] = await this.#prisma.$queryRaw<{ count: number }[]>`
      SELECT count(*)::int AS count FROM otp_failures WHERE at > ${since}`;
    return row?.count ?? 0;
  }

  /** Deletes codes and wrong tries older than `before`. */
  async sweep(before: Date): Promise<void> {
    await this.#prisma.otpChallenge.deleteMany({ where: { createdAt: { lt: before } } });
    await this.#prisma.otpFailure.deleteMany({ where: { at: { lt: before } } });
  }
}
