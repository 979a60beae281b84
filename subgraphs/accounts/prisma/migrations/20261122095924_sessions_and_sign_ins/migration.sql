-- CreateEnum
CREATE TYPE "sign_in_outcome" AS ENUM ('SIGNED_IN', 'PASSWORD_WRONG', 'PASSCODE_WRONG', 'NOT_IN_USE');

-- AlterTable
ALTER TABLE "sessions" ADD COLUMN     "last_used_at" TIMESTAMPTZ(3),
ADD COLUMN     "source" TEXT;

-- CreateTable
CREATE TABLE "sign_ins" (
    "id" BIGSERIAL NOT NULL,
    "owner" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "outcome" "sign_in_outcome" NOT NULL,
    "device" TEXT,
    "new_device" BOOLEAN NOT NULL,
    "source" TEXT,

    CONSTRAINT "sign_ins_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "sign_ins_owner_id_idx" ON "sign_ins"("owner", "id");

-- CreateIndex
CREATE INDEX "sign_ins_at_idx" ON "sign_ins"("at");
