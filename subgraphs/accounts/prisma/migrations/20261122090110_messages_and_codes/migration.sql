-- CreateEnum
CREATE TYPE "message_channel" AS ENUM ('SMS', 'EMAIL');

-- CreateEnum
CREATE TYPE "message_status" AS ENUM ('WAITING', 'SENT', 'DELIVERED', 'UNDELIVERED', 'FAILED', 'EXPIRED', 'UNADDRESSED');

-- CreateEnum
CREATE TYPE "otp_status" AS ENUM ('OPEN', 'USED', 'SPENT', 'REPLACED');

-- CreateTable
CREATE TABLE "messages" (
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "channel" "message_channel" NOT NULL,
    "status" "message_status" NOT NULL,
    "sealed" BYTEA,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "send_by" TIMESTAMPTZ(3) NOT NULL,
    "next_at" TIMESTAMPTZ(3) NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "carrier_ids" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "reason" TEXT,
    "sent_at" TIMESTAMPTZ(3),
    "settled_at" TIMESTAMPTZ(3),

    CONSTRAINT "messages_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "otp_challenges" (
    "id" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "living" TEXT,
    "code_hash" TEXT NOT NULL,
    "phone" TEXT NOT NULL,
    "account" TEXT NOT NULL,
    "source" TEXT,
    "status" "otp_status" NOT NULL,
    "tries" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "otp_challenges_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "otp_failures" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "source" TEXT,
    "prefix" TEXT,

    CONSTRAINT "otp_failures_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "messages_status_next_at_idx" ON "messages"("status", "next_at");

-- CreateIndex
CREATE INDEX "messages_carrier_ids_idx" ON "messages" USING GIN ("carrier_ids");

-- CreateIndex
CREATE INDEX "messages_created_at_idx" ON "messages"("created_at");

-- CreateIndex
CREATE UNIQUE INDEX "otp_challenges_living_key" ON "otp_challenges"("living");

-- CreateIndex
CREATE INDEX "otp_challenges_phone_created_at_idx" ON "otp_challenges"("phone", "created_at");

-- CreateIndex
CREATE INDEX "otp_challenges_account_created_at_idx" ON "otp_challenges"("account", "created_at");

-- CreateIndex
CREATE INDEX "otp_challenges_source_created_at_idx" ON "otp_challenges"("source", "created_at");

-- CreateIndex
CREATE INDEX "otp_challenges_created_at_idx" ON "otp_challenges"("created_at");

-- CreateIndex
CREATE INDEX "otp_failures_source_at_idx" ON "otp_failures"("source", "at");

-- CreateIndex
CREATE INDEX "otp_failures_prefix_at_idx" ON "otp_failures"("prefix", "at");

-- CreateIndex
CREATE INDEX "otp_failures_at_idx" ON "otp_failures"("at");

-- What Prisma's schema language cannot say.

-- A recipient and a text are there while the message waits, and gone with it.
ALTER TABLE "messages" ADD CONSTRAINT "messages_sealed_while_waiting" CHECK (
  ("status" = 'WAITING') = ("sealed" IS NOT NULL));
-- A code that may be answered holds the place of its request; one that may not has given it up.
ALTER TABLE "otp_challenges" ADD CONSTRAINT "otp_challenges_living_while_open" CHECK (
  ("status" = 'OPEN') = ("living" IS NOT NULL));
ALTER TABLE "otp_challenges" ADD CONSTRAINT "otp_challenges_used_at_its_use" CHECK (
  ("status" = 'USED') = ("used_at" IS NOT NULL));
