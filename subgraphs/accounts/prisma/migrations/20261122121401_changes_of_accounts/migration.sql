-- CreateEnum
CREATE TYPE "registration_purpose" AS ENUM ('ACCOUNT', 'PASSWORD', 'DEVICE', 'PHONE');

-- AlterEnum
ALTER TYPE "registration_state" ADD VALUE 'REFUSED';

-- AlterTable
ALTER TABLE "registrations" ADD COLUMN     "effective_at" TIMESTAMPTZ(3),
ADD COLUMN     "held_confirmed_at" TIMESTAMPTZ(3),
ADD COLUMN     "purpose" "registration_purpose" NOT NULL DEFAULT 'ACCOUNT',
ADD COLUMN     "ready_told_at" TIMESTAMPTZ(3),
ALTER COLUMN "phone" DROP NOT NULL;

-- CreateIndex
CREATE INDEX "registrations_state_effective_at_idx" ON "registrations"("state", "effective_at");

-- What Prisma's schema language cannot say.

-- One account per person; of changes of one there can be several, each of which its owner is told of.
DROP INDEX "registrations_one_approved";
CREATE UNIQUE INDEX "registrations_one_approved" ON "registrations"("personal_number")
  WHERE "state" = 'APPROVED' AND "purpose" = 'ACCOUNT';

-- Each state has the times it stands for; what the owner refuses may not have been sent in yet.
ALTER TABLE "registrations" DROP CONSTRAINT "registrations_times";
ALTER TABLE "registrations" ADD CONSTRAINT "registrations_times" CHECK (
  ("state" NOT IN ('SUBMITTED', 'IN_REVIEW', 'APPROVED', 'ACTIVATED', 'REJECTED', 'LAPSED') OR "received_at" IS NOT NULL)
  AND ("state" NOT IN ('APPROVED', 'ACTIVATED', 'LAPSED')
    OR ("purpose" IN ('ACCOUNT', 'DEVICE') AND "activate_by" IS NOT NULL)
    OR ("purpose" IN ('PASSWORD', 'PHONE') AND "activate_by" IS NULL))
  AND ("state" NOT IN ('APPROVED', 'ACTIVATED', 'LAPSED') OR ("purpose" = 'ACCOUNT') = ("effective_at" IS NULL)));

-- Only what changes another thing than the phone leaves the phone to the account.
ALTER TABLE "registrations" ADD CONSTRAINT "registrations_phone" CHECK (
  ("purpose" IN ('PASSWORD', 'DEVICE')) = ("phone" IS NULL));
